package org.pivotroot.tck.reports.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.observation.ClaimText;

class ClaimOrderTest {
  private static ClaimText claim(String page, String section, String id) {
    return new ClaimText(id, page, section, "all", "says", "namespace", false, List.of());
  }

  @Test
  void claimsComeAsInManualPages() {
    List<ClaimText> claims =
        List.of(
            claim("pivot_root(2)", "DESCRIPTION", "b"),
            claim("pivot_root(2)", "ERRORS", "a"),
            claim("pivot_root(2)", "NOTES", "a"),
            claim("pivot_root(2)", "Another", "a"),
            claim("chroot(2)", "ERRORS", "a"),
            claim("chroot(2)", "ERRORS", "b"),
            claim("unshare(1)", "ERRORS", "a"));
    List<ClaimText> turned = new java.util.ArrayList<>(claims);
    java.util.Collections.reverse(turned);
    turned.sort(new ClaimOrder());
    assertThat(turned).isEqualTo(claims);
  }
}
