package org.pivotroot.tck.harness.task;

import org.pivotroot.tck.model.call.Value;

/** What the kernel calls that which a call names. */
interface Numbers {
  long descriptor(Value.Descriptor descriptor);

  /** The address of a mapping. */
  long mapping(Value.Mapping mapping);

  /** The ID that the kernel has. */
  long id(Value.IdOf id);

  /** A task's process ID. */
  long process(String task);

  /** A task's directory, relative to /proc. */
  String directory(String task);

  /** For calls that name nothing. */
  Numbers NONE =
      new Numbers() {
        @Override
        public long descriptor(Value.Descriptor descriptor) {
          throw new IllegalArgumentException("there is no " + descriptor);
        }

        @Override
        public long mapping(Value.Mapping mapping) {
          throw new IllegalArgumentException("there is no " + mapping);
        }

        @Override
        public long id(Value.IdOf id) {
          throw new IllegalArgumentException("there is no " + id.descriptor());
        }

        @Override
        public long process(String task) {
          throw new IllegalArgumentException("there is no task " + task);
        }

        @Override
        public String directory(String task) {
          throw new IllegalArgumentException("there is no task " + task);
        }
      };
}
