/**
 * What is observed from outside a task: its root and working directory, its mount table, the whole
 * tree of its namespace.
 */
package org.pivotroot.tck.model.look;
