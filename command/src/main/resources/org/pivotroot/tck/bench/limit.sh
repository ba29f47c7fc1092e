#!/usr/bin/busybox sh
# PID 1 of a machine that runs one program and powers off. As in a guest, the root is a tmpfs of its own.
b=/usr/bin/busybox
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
$b mount -t proc proc /proc
$b mount -t devtmpfs dev /dev
$b mount -t tmpfs tmpfs /mnt
for directory in usr opt etc; do
  $b mkdir "/mnt/$directory"
  $b mount -o bind "/$directory" "/mnt/$directory"
done
for directory in bin sbin lib lib64; do
  $b ln -s "usr/$directory" "/mnt/$directory"
done
$b mkdir /mnt/stage /mnt/mnt /mnt/run /mnt/tmp
$b cp /limit /mnt/run/limit
for directory in proc dev; do
  $b mkdir "/mnt/$directory"
  $b mount -o move "/$directory" "/mnt/$directory"
done
cd /mnt
$b mount -o move . /
exec $b chroot . $b sh -c '/run/limit >/dev/null 2>/dev/console; /usr/bin/busybox poweroff -f'
