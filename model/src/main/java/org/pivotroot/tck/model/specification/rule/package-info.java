/** How calls are specified: named checks in order and then an effect, and switches per version. */
package org.pivotroot.tck.model.specification.rule;
