package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.harness.agent.Agent;
import org.pivotroot.tck.harness.wire.Channel;

/** The guest image is rebuilt when one of these bytes changes, and only then should it be. */
class GuestProgramTest {
  @Test
  void bytesAreTheSameEachTimeAndEverywhere() {
    byte[] agent = GuestProgram.jar(Agent.class, Channel.class);
    byte[] jna = GuestProgram.jar(Native.class);
    byte[] rehearsal = GuestProgram.rehearsal();
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      assertThat(GuestProgram.jar(Agent.class, Channel.class)).isEqualTo(agent);
      assertThat(GuestProgram.jar(Native.class)).isEqualTo(jna);
      assertThat(GuestProgram.rehearsal()).isEqualTo(rehearsal);
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void onlyTheAgentAndTheWireGoIntoTheGuest() throws IOException {
    byte[] agent = GuestProgram.jar(Agent.class, Channel.class);
    List<String> entries = new ArrayList<>();
    try (ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(agent))) {
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        entries.add(entry.getName());
      }
    }
    assertThat(entries)
        .contains("org/pivotroot/tck/harness/agent/Agent.class")
        .allMatch(name -> name.matches("org/pivotroot/tck/harness/(agent|wire)/[^/]+\\.class"));
  }
}
