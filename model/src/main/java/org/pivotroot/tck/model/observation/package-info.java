/** What a run leaves behind: the model that reports are made from. */
package org.pivotroot.tck.model.observation;
