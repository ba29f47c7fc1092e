package org.pivotroot.tck.harness.task;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Returned;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StatxMask;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;

/** The calls by which the kernel tells the IDs that other calls take. */
final class IdCall {
  private static final int STATX = 256;

  /** Of stx_mnt_id in struct statx. */
  private static final int STX_MNT_ID = 0x90;

  private static final long NS_GET_MNTNS_ID = 0x8008b705L;

  private IdCall() {}

  /** The call that is made. */
  static NativeCall of(Value.Identified what, long descriptor) {
    return switch (what) {
      case MOUNT ->
          NativeCall.syscall(
              List.of(
                  word(Syscall.STATX.number()),
                  word(descriptor),
                  new NativeArgument.Text(""),
                  word(AtFlag.AT_EMPTY_PATH.bit()),
                  word(StatxMask.STATX_MNT_ID_UNIQUE.bit()),
                  new NativeArgument.Memory(new byte[STATX])));
      case NAMESPACE ->
          NativeCall.syscall(
              List.of(
                  word(Syscall.IOCTL.number()),
                  word(descriptor),
                  word(NS_GET_MNTNS_ID),
                  new NativeArgument.Memory(new byte[Long.BYTES])));
    };
  }

  private static NativeArgument word(long value) {
    return new NativeArgument.Word(value);
  }

  /**
   * What it told.
   *
   * @throws BrokenTrialException if it told nothing
   */
  static long id(Value.IdOf id, Returned returned) {
    if (returned.value() == -1) {
      throw new BrokenTrialException(
          "there is no ID of the "
              + id.what()
              + " of "
              + id.descriptor()
              + ": "
              + new Result.Failed(returned.errno()).name());
    }
    byte[] memory = returned.memory().get(returned.memory().size() - 1);
    ByteBuffer bytes = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    if (id.what() == Value.Identified.NAMESPACE) {
      return bytes.getLong(0);
    }
    if ((bytes.getInt(0) & StatxMask.STATX_MNT_ID_UNIQUE.bit()) == 0) {
      throw new BrokenTrialException("statx(2) tells no ID of the mount of " + id.descriptor());
    }
    return bytes.getLong(STX_MNT_ID);
  }
}
