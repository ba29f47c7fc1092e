/** What is spoken of: calls and events, mount trees, observations, the record. */
package org.pivotroot.tck.model;
