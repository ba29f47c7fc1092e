package org.pivotroot.tck.bench;

import java.util.OptionalDouble;

/**
 * One measurement of a part.
 *
 * @param seconds wall time of the whole
 * @param claims seconds of it in which claims were tried, or a program in C made the calls; absent
 *     for a part of neither
 * @param peak most bytes of memory that its processes had at one time, each page shared by several
 *     of them counted once (PSS)
 */
record Sample(double seconds, OptionalDouble claims, long peak) {
  /** What the part is judged by: the time of the claims, where there are any. */
  double judged() {
    return claims.orElse(seconds);
  }
}
