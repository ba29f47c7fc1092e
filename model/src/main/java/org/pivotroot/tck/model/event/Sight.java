package org.pivotroot.tck.model.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Names;
import org.pivotroot.tck.model.look.View;

/** What a look at a task showed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Sight.Root.class, name = "root"),
  @JsonSubTypes.Type(value = Sight.Cwd.class, name = "cwd"),
  @JsonSubTypes.Type(value = Sight.Mounts.class, name = "mounts"),
  @JsonSubTypes.Type(value = Sight.Tree.class, name = "tree"),
  @JsonSubTypes.Type(value = Sight.Whole.class, name = "view")
})
public sealed interface Sight {
  /** What it is called in transcripts. */
  String title();

  /** What was seen. */
  Object value();

  /** The same with small numbers. */
  Sight named(Names names);

  /** Where its root is. */
  record Root(@JsonValue FileId value) implements Sight {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Root {}

    @Override
    public Root named(Names names) {
      return new Root(names.of(value));
    }

    @Override
    public String title() {
      return "root";
    }
  }

  /** Where its working directory is. */
  record Cwd(@JsonValue FileId value) implements Sight {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Cwd {}

    @Override
    public Cwd named(Names names) {
      return new Cwd(names.of(value));
    }

    @Override
    public String title() {
      return "cwd";
    }
  }

  /** The mounts within its root. */
  record Mounts(@JsonValue MountTable value) implements Sight {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Mounts {}

    @Override
    public Mounts named(Names names) {
      return new Mounts(names.of(value));
    }

    @Override
    public String title() {
      return "mountinfo";
    }
  }

  /** The mounts of its namespace, seen from the namespace's own root. */
  record Tree(@JsonValue MountTable value) implements Sight {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Tree {}

    @Override
    public Tree named(Names names) {
      return new Tree(names.of(value));
    }

    @Override
    public String title() {
      return "mountinfo from the namespace's root";
    }
  }

  /** All of that at once. */
  record Whole(@JsonValue View value) implements Sight {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Whole {}

    @Override
    public Whole named(Names names) {
      return new Whole(names.of(value));
    }

    @Override
    public String title() {
      return "view";
    }
  }
}
