package org.pivotroot.tck.command;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A cluster of one node: munged, slurmctld and slurmd, which keep all that is theirs in a folder.
 */
final class SlurmCluster {
  private static final int KEY_BYTES = 1024;
  private static final int READY_SECONDS = 60;

  private final Path folder;
  private final List<Process> daemons = new ArrayList<>();

  private SlurmCluster(Path folder) {
    this.folder = folder;
  }

  /** Why there can be none here. */
  static Optional<String> lacking() throws IOException {
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      return Optional.of("slurmd wants root");
    }
    return Stream.of("munged", "slurmctld", "slurmd", "sbatch")
        .filter(program -> !isInstalled(program))
        .map(program -> program + " is missing; type: sudo apt-get install -y slurm-wlm munge")
        .findFirst();
  }

  private static boolean isInstalled(String program) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
        .anyMatch(directory -> new File(directory, program).canExecute());
  }

  static SlurmCluster start(Path folder) throws IOException, InterruptedException {
    SlurmCluster cluster = new SlurmCluster(folder);
    try {
      cluster.configure();
      cluster.daemon(
          "munged",
          "--foreground",
          "--force",
          "--socket=" + folder.resolve("munge.socket"),
          "--key-file=" + folder.resolve("key"),
          "--pid-file=" + folder.resolve("munged.pid"),
          "--log-file=" + folder.resolve("munged.log"),
          "--seed-file=" + folder.resolve("seed"));
      cluster.await(() -> Files.exists(folder.resolve("munge.socket")));
      cluster.daemon("slurmctld", "-D");
      cluster.daemon("slurmd", "-D", "-N", "node");
      cluster.await(cluster::isIdle);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.stop();
      throw e;
    }
  }

  private void configure() throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Path file = Files.write(folder.resolve("key"), key);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    Files.createDirectory(folder.resolve("state"));
    Files.createDirectory(folder.resolve("spool"));
    String host = InetAddress.getLocalHost().getHostName().replaceFirst("\\..*", "");
    Files.writeString(
        folder.resolve("slurm.conf"),
        """
        ClusterName=tck
        SlurmctldHost=THIS(127.0.0.1)
        SlurmUser=root
        SlurmdUser=root
        AuthType=auth/munge
        AuthInfo=socket=FOLDER/munge.socket
        SlurmctldPort=PORT1
        SlurmdPort=PORT2
        StateSaveLocation=FOLDER/state
        SlurmdSpoolDir=FOLDER/spool
        SlurmctldPidFile=FOLDER/slurmctld.pid
        SlurmdPidFile=FOLDER/slurmd.pid
        SlurmctldLogFile=FOLDER/slurmctld.log
        SlurmdLogFile=FOLDER/slurmd.log
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        MpiDefault=none
        ReturnToService=2
        SelectType=select/cons_tres
        SelectTypeParameters=CR_CPU
        NodeName=node NodeHostname=THIS NodeAddr=127.0.0.1 CPUs=PROCESSORS State=UNKNOWN
        PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
        """
            .replace("THIS", host)
            .replace("FOLDER", folder.toString())
            .replace("PORT1", String.valueOf(freePort()))
            .replace("PORT2", String.valueOf(freePort()))
            .replace("PROCESSORS", String.valueOf(Runtime.getRuntime().availableProcessors())));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void daemon(String... words) throws IOException {
    daemons.add(process(words).start());
  }

  private ProcessBuilder process(String... words) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(words[0] + ".out").toFile());
    builder.environment().putAll(environment());
    return builder;
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private void await(Condition condition) throws IOException, InterruptedException {
    for (int i = 0; i < READY_SECONDS * 5; i++) {
      if (condition.holds()) {
        return;
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException("Slurm does not come up; its logs are in " + folder);
  }

  private boolean isIdle() throws IOException, InterruptedException {
    process("sinfo", "--noheader", "--format=%T").start().waitFor();
    return Files.readString(folder.resolve("sinfo.out")).strip().equals("idle");
  }

  /** What those who use it are to have. */
  Map<String, String> environment() {
    return Map.of(
        "SLURM_CONF",
        folder.resolve("slurm.conf").toString(),
        "PATH",
        System.getenv("PATH") + File.pathSeparator + "/usr/sbin");
  }

  /** Ends the daemons, those first that were started last. */
  void stop() throws InterruptedException {
    Collections.reverse(daemons);
    for (Process daemon : daemons) {
      daemon.destroy();
      if (!daemon.waitFor(10, TimeUnit.SECONDS)) {
        daemon.destroyForcibly().waitFor();
      }
    }
  }
}
