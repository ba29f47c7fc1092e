/**
 * The executable specification: file systems, mounts, namespaces and tasks, and each call as checks
 * in order and an effect. {@link org.pivotroot.tck.model.specification.Specification} is the way
 * in.
 */
package org.pivotroot.tck.model.specification;
