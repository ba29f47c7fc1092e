/**
 * Calls as data: what can be called, with what arguments, and what came of it. Everything that is
 * sent, written, stored or reproduced of a call is made from these types, by one walk each.
 */
package org.pivotroot.tck.model.call;
