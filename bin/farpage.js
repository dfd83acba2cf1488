#!/bin/sh
':' /* # The shell's part. It starts farpage-launch, which keeps what the start of Node.js would lose.
mask=
while read -r key value; do [ "$key" != SigBlk: ] || mask=$value; done 2>/dev/null </proc/$$/status
self=$(command readlink -f -- "$0") || self=$0
package=${self%/*}/..
main=$package/dist/src/bundle/main/cli.js
run=
[ "$1" != run ] || run=run
case $(uname -m) in x86_64) cpu=x64 ;; aarch64) cpu=arm64 ;; *) cpu=none ;; esac
# Built here, else prebuilt. One for another C library does not start here: then the next is tried.
for folder in build/Release prebuilds/linux-$cpu-glibc prebuilds/linux-$cpu-musl; do
  launch=$package/$folder/farpage-launch
  [ -x "$launch" ] && given=$(exec 2>/dev/null; "$launch" environ $$) && eval "$given" && exec "$launch" $run $mask -- node "$main" "$@"
done
exec node "$main" "$@"
*/
import '../dist/src/bundle/main/cli.js';
