package org.pivotroot.tck.harness.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.pivotroot.tck.harness.environment.FakeGuest;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;

class GuestPoolTest {
  private final FakeTarget target = new FakeTarget("vm");
  private final GuestPool pool = new GuestPool(false, 2);

  private static GuestPool.Lease use(GuestPool pool, FakeTarget target, Placement placement) {
    GuestPool.Lease lease = pool.take(target, placement);
    assertThat(giveBack(pool, lease)).isEmpty();
    return lease;
  }

  private static Optional<String> giveBack(GuestPool pool, GuestPool.Lease lease) {
    return pool.giveBack(lease, new Stage(lease.guest(), Placement.NAMESPACE, false, Set.of()));
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
    giveBack(pool, first);
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
    assertThat(giveBack(pool, lease))
        .hasValueSatisfying(change -> assertThat(change).contains("root /left", "before:"));
    assertThat(target.started).allMatch(FakeGuest::isClosed);
    use(pool, target, Placement.NAMESPACE);
    assertThat(target.started).hasSize(2);
  }

  @Test
  @Timeout(30)
  void aClaimWaitsForOneOfTheGuestsThatItsTargetMayHave() {
    GuestPool.Lease first = pool.take(target, Placement.NAMESPACE);
    GuestPool.Lease second = pool.take(target, Placement.NAMESPACE);
    CompletableFuture<GuestPool.Lease> third =
        CompletableFuture.supplyAsync(() -> pool.take(target, Placement.NAMESPACE));
    pool.take(target, Placement.INITRAMFS);
    pool.take(new FakeTarget("container"), Placement.NAMESPACE);
    assertThat(third).isNotDone();
    giveBack(pool, second);
    assertThat(third.join()).isSameAs(second);
    pool.discard(first);
    assertThat(pool.take(target, Placement.NAMESPACE).guest()).isNotSameAs(first.guest());
  }

  @Test
  @Timeout(30)
  void aGuestThatCannotBeStartedKeepsNobodyWaiting() {
    FakeTarget broken = new FakeTarget("vm");
    for (int i = 0; i < 3; i++) {
      broken.failure = new IllegalStateException("no guest");
      assertThatThrownBy(() -> pool.take(broken, Placement.NAMESPACE)).hasMessage("no guest");
    }
  }
}
