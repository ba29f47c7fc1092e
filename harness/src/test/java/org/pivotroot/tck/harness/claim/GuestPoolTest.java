package org.pivotroot.tck.harness.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.pivotroot.tck.harness.target.FakeGuest;
import org.pivotroot.tck.harness.task.Placement;

class GuestPoolTest {
  private final FakeTarget target = new FakeTarget("vm");
  private final GuestPool pool = new GuestPool(false, 2);

  private static GuestPool.Lease use(GuestPool pool, FakeTarget target, Placement placement) {
    GuestPool.Lease lease = pool.take(target, placement);
    assertThat(pool.giveBack(lease, List.of())).isEmpty();
    return lease;
  }

  @Test
  void aGuestThatIsAsItWasServesAgain() {
    GuestPool.Lease first = use(pool, target, Placement.NAMESPACE);
    assertThat(use(pool, target, Placement.NAMESPACE)).isSameAs(first);
    assertThat(target.started).hasSize(1).noneMatch(FakeGuest::isClosed);
    pool.close();
    assertThat(target.started).allMatch(FakeGuest::isClosed);
  }

  @Test
  void aGuestServesOneClaimAtATimeAndOneTarget() {
    GuestPool.Lease first = pool.take(target, Placement.NAMESPACE);
    assertThat(pool.take(target, Placement.NAMESPACE).guest()).isNotSameAs(first.guest());
    pool.giveBack(first, List.of());
    FakeTarget other = new FakeTarget("container");
    assertThat(pool.take(other, Placement.NAMESPACE).guest()).isNotSameAs(first.guest());
    assertThat(other.started).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NAMESPACE")
  void aClaimOnTheInitialNamespaceHasAFreshGuestThatServesNoOther(Placement placement) {
    use(pool, target, Placement.NAMESPACE);
    use(pool, target, placement);
    use(pool, target, placement);
    assertThat(target.started).extracting(FakeGuest::isClosed).containsExactly(false, true, true);
  }

  @Test
  void onRequestEachClaimHasAFreshGuest() {
    GuestPool fresh = new GuestPool(true, 2);
    use(fresh, target, Placement.NAMESPACE);
    use(fresh, target, Placement.NAMESPACE);
    assertThat(target.started).hasSize(2).allMatch(FakeGuest::isClosed);
  }

  @Test
  void aGuestThatWasChangedIsThrownAwayAndTheChangeTold() {
    GuestPool.Lease lease = pool.take(target, Placement.NAMESPACE);
    target.state = "root /left";
    assertThat(pool.giveBack(lease, List.of()))
        .hasValueSatisfying(change -> assertThat(change).contains("root /left", "before:"));
    assertThat(target.started).allMatch(FakeGuest::isClosed);
    use(pool, target, Placement.NAMESPACE);
    assertThat(target.started).hasSize(2);
  }

  @Test
  void noMoreThanTheLimitWaitForAnotherClaim() {
    List<GuestPool.Lease> leases =
        List.of(
            pool.take(target, Placement.NAMESPACE),
            pool.take(target, Placement.NAMESPACE),
            pool.take(target, Placement.NAMESPACE));
    leases.forEach(lease -> pool.giveBack(lease, List.of()));
    assertThat(target.started).extracting(FakeGuest::isClosed).containsExactly(true, false, false);
  }
}
