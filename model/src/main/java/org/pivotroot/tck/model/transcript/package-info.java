/** Events written down for people, in the notation of strace(1). */
package org.pivotroot.tck.model.transcript;
