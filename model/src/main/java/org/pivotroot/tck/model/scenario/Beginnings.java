package org.pivotroot.tck.model.scenario;

import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;
import static org.pivotroot.tck.model.scenario.Calls.bind;
import static org.pivotroot.tck.model.scenario.Calls.bindAll;
import static org.pivotroot.tck.model.scenario.Calls.by;
import static org.pivotroot.tck.model.scenario.Calls.chdir;
import static org.pivotroot.tck.model.scenario.Calls.chroot;
import static org.pivotroot.tck.model.scenario.Calls.lessPrivileged;
import static org.pivotroot.tck.model.scenario.Calls.newNamespace;
import static org.pivotroot.tck.model.scenario.Calls.thread;
import static org.pivotroot.tck.model.scenario.Calls.tmpfs;
import static org.pivotroot.tck.model.scenario.Calls.type;

import java.util.List;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.event.Event;

/** From where states lie near that chance seldom leads to. */
final class Beginnings {
  private static final String S = Opening.TASK;
  private static final String P = "P";
  private static final String U = "U";

  static final List<List<Event>> ALL =
      List.of(
          List.of(by(S, type("/", MS_SHARED, MS_REC))),
          List.of(by(S, type("/new", MS_SHARED)), by(S, bind("/new", "/a"))),
          List.of(by(S, tmpfs("/a")), by(S, type("/a", MS_SHARED)), by(S, bindAll("/a", "/b"))),
          List.of(
              by(S, type("/new", MS_SHARED)),
              by(S, bind("/new", "/a")),
              by(S, type("/a", MS_SLAVE)),
              by(S, type("/a", MS_SHARED)),
              by(S, bind("/a", "/b")),
              by(S, type("/b", MS_SLAVE))),
          List.of(
              by(S, type("/", MS_SHARED, MS_REC)),
              thread(S, P),
              by(P, newNamespace()),
              by(P, type("/", MS_SLAVE, MS_REC))),
          List.of(by(S, type("/", MS_SHARED, MS_REC)), thread(S, P), by(P, newNamespace())),
          List.of(
              by(S, tmpfs("/a")),
              by(S, type("/a", MS_SHARED)),
              by(S, bind("/a", "/b")),
              by(S, type("/b", MS_SLAVE)),
              by(S, bind("/b", "/new/b"))),
          List.of(by(S, type("/", MS_SHARED, MS_REC)), by(S, bindAll("/", "/a"))),
          List.of(lessPrivileged(S, U)),
          List.of(by(S, tmpfs("/new/old")), lessPrivileged(S, U)),
          List.of(by(S, type("/", MS_SHARED, MS_REC)), lessPrivileged(S, U)),
          List.of(
              by(S, type("/new", MS_SHARED)), lessPrivileged(S, U), by(U, type("/new", MS_SHARED))),
          List.of(by(S, type("/new", MS_UNBINDABLE)), lessPrivileged(S, U)),
          List.of(lessPrivileged(S, U), by(U, bindAll("/new", "/a")), by(U, chdir("/a"))),
          List.of(thread(S, P), by(P, newNamespace())),
          List.of(thread(S, P), by(P, Calls.without(Capability.CAP_SYS_ADMIN))),
          List.of(thread(S, P), by(P, Calls.setresuid(1000))),
          List.of(by(S, tmpfs("/new")), by(S, tmpfs("/new"))),
          List.of(by(S, tmpfs("/a")), by(S, chdir("/new")), by(S, chroot("/a"))));

  private Beginnings() {}
}
