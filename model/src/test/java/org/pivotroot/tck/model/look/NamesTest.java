package org.pivotroot.tck.model.look;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
  private final Names names = new Names();

  @Test
  void numbersAreGivenInTheOrderInWhichThingsAreMet() {
    assertThat(names.mount(900)).isEqualTo(1);
    assertThat(names.mount(17)).isEqualTo(2);
    assertThat(names.mount(900)).isEqualTo(1);
  }

  @Test
  void anInodeOfAnotherDeviceIsAnotherFile() {
    assertThat(names.of(new FileId(7, 5, 1))).isEqualTo(new FileId(1, 1, 1));
    assertThat(names.of(new FileId(8, 5, 1))).isEqualTo(new FileId(2, 2, 1));
    assertThat(names.of(new FileId(7, 5, 2))).isEqualTo(new FileId(1, 1, 2));
  }

  @Test
  void eachKindOfNumberIsCountedByItself() {
    Mount mount =
        Mount.parse("36 35 0:9 /sub /mnt rw,ro shared:41 master:7 unbindable - tmpfs none rw");
    assertThat(names.of(mount))
        .isEqualTo(
            new Mount(1, 2, "/mnt", "tmpfs", 1, "/sub", "rw,ro", new Propagation(1, 2, 0, true)));
    assertThat(names.of(mount))
        .hasToString(
            "/mnt tmpfs mount#1 on mount#2 dev#1/sub rw,ro shared:peers#1 master:peers#2"
                + " unbindable");
  }

  @Test
  void theFileOfANamespaceIsNamedByTheNamespace() {
    FileId root = new FileId(7, 5, 1);
    MountTable tree =
        MountTable.parse(
            """
            36 35 0:9 / / rw - tmpfs none rw
            37 36 0:4 user:[4026532325] /user rw - nsfs nsfs rw
            38 36 0:4 mnt:[4026532255] /mnt rw - nsfs nsfs rw
            """);
    View view = names.of(new View(root, root, tree, 4026532255L, tree));
    assertThat(view.namespace()).isEqualTo(2);
    assertThat(view.tree().mounts())
        .extracting(Mount::root)
        .containsExactly("/", "user:[#1]", "mnt:[#2]");
  }

  @Test
  void twoBootsGiveTheSame() {
    assertThat(view(new Names(), 100, 4000)).isEqualTo(view(new Names(), 731, 5000));
  }

  private static View view(Names names, int first, long namespace) {
    MountTable table =
        MountTable.parse(
            """
            %1$d 1 0:%1$d / / rw shared:%1$d - t t rw
            %2$d %1$d 0:3 / /new rw - t t rw
            """
                .formatted(first, first + 9));
    FileId root = new FileId(FileId.device(0, first), first, first);
    return names.of(new View(root, root, table, namespace, table));
  }

  @Test
  void whateverHasNumbersIsFoundByItsType() {
    MountTable table = MountTable.parse("36 35 0:9 / / rw - tmpfs none rw\n");
    FileId file = new FileId(FileId.device(0, 9), 4, 36);
    View view = new View(file, file, table, 77, table);
    for (Object value : new Object[] {file, table.mounts().get(0), table, view}) {
      assertThat(names.of(value)).isInstanceOf(value.getClass()).isNotEqualTo(value);
    }
    assertThat(names.of((Object) "x")).isEqualTo("x");
    assertThat(names.of((Object) null)).isNull();
  }
}
