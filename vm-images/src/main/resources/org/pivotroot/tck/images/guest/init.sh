#!/usr/bin/busybox sh
# PID 1 of the machine, until it becomes the agent. The console is ttyS0, or tty0 in user-mode
# Linux; the agent's channel is ttyS1. The lines from here to the agent's command are the same in every image.
b=/usr/bin/busybox

give_up() {
  echo "pivot-root-tck init: $1; powering off"
  $b poweroff -f
}
# exec does not return: a command that cannot be started ends the shell, and so comes here.
trap 'give_up "the agent could not be started"' EXIT

$b mount -t proc proc /proc || give_up "cannot mount proc"
if ! $b mount -t devtmpfs dev /dev; then
  $b mknod -m 666 /dev/null c 1 3
  $b mknod -m 666 /dev/zero c 1 5
  $b mknod -m 666 /dev/random c 1 8
  $b mknod -m 666 /dev/urandom c 1 9
  $b mknod -m 600 /dev/ttyS0 c 4 64
  $b mknod -m 600 /dev/ttyS1 c 4 65
fi
$b stty -F /dev/ttyS1 raw -echo -ixon -ixoff ||
  give_up "no second serial port (ttyS1): the kernel needs its 8250 driver, and QEMU two -serial"
# At a lower speed an emulated port holds back what it received for longer; 8 bits both ways. A line
# of user-mode Linux is none of this and refuses part of it.
$b stty -F /dev/ttyS1 115200 cs8 clocal -crtscts 2>/dev/null
unset HOME TERM
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
cd / || give_up "no root directory"
