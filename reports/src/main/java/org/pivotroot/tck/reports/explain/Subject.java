package org.pivotroot.tck.reports.explain;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.specification.Scene;

/**
 * Whose call is explained, by what could be learnt of it.
 *
 * @param title for people, such as {@code process 123}
 * @param kernel release of the kernel it runs on
 * @param mounts its mount table
 * @param root where in that table its root is
 * @param cwd where its working directory is; empty if that is outside its root, or not known
 * @param status what its status says; empty if that was not seen
 * @param users who else is where in its mount namespace, as paths in that table, by what they are
 *     called; none if they cannot be seen
 * @param files what is where
 * @param owner whether it has its capabilities in the user namespace that owns its mount namespace;
 *     empty if that cannot be seen
 * @param initial whether it is in the initial user namespace; empty if that cannot be seen
 * @param confinement what a security module says of it; empty text for none, empty if that was not
 *     seen
 */
public record Subject(
    String title,
    String kernel,
    MountTable mounts,
    String root,
    Optional<String> cwd,
    Optional<Status> status,
    Supplier<Map<String, String>> users,
    Scene.Files files,
    Optional<Boolean> owner,
    Optional<Boolean> initial,
    Optional<String> confinement) {}
