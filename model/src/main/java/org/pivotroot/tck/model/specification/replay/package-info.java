/** What was recorded, held against the specification. */
package org.pivotroot.tck.model.specification.replay;
