/** Scenarios: sequences of calls that are made up, and what the specification says of them. */
package org.pivotroot.tck.model.scenario;
