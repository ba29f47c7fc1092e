/** What happens in a trial, as data: the steps of a transcript. */
package org.pivotroot.tck.model.event;
