package org.pivotroot.tck.bench;

import java.util.Locale;

/** What is measured. The order is that of the measurements within one run of the benchmark. */
enum Part {
  BARE("bare boot to a static init that powers off", Scale.NONE, 0),
  RESTORE("a restored guest ready to answer, median of 20", Scale.BARE, 0.25),
  FIRST("all claims, one kernel, from nothing but packages", Scale.BARE, 8),
  REBOOT("all claims, one kernel, guest image there, no snapshot", Scale.NONE, 0),
  LATER("all claims, one kernel, caches warm", Scale.BARE, 3),
  LIMIT("the same claims' programs in C, one after another in one boot", Scale.NONE, 0),
  FRESH("all claims, one kernel, a fresh guest for each claim", Scale.NONE, 0),
  MATRIX("all claims, all kernels, caches warm", Scale.ONE_KERNEL, 1.6),
  ONE("mvn verify of one claim on one kernel, caches warm", Scale.SECONDS, 15),
  SCENARIOS("2,100 scenarios on one kernel, caches warm", Scale.SECONDS, 30),
  SCENARIOS_IN_C("the same calls by one program in C, in one boot", Scale.NONE, 0);

  /** What a target is a multiple of. */
  enum Scale {
    /** There is no target. */
    NONE,
    /** The bare boot. */
    BARE,
    /** LATER, times the number of kernels, divided by the number of processors. */
    ONE_KERNEL,
    /** One second. */
    SECONDS
  }

  final String what;
  final Scale scale;
  final double target;

  Part(String what, Scale scale, double target) {
    this.what = what;
    this.scale = scale;
    this.target = target;
  }

  /** The word by which the part is selected and named in reports. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
