/** The one way in which this project writes and reads JSON. */
package org.pivotroot.tck.model.json;
