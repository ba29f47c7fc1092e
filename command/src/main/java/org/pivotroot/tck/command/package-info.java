/** The program {@code tck}: a class for each subcommand, which parses and prints and no more. */
package org.pivotroot.tck.command;
