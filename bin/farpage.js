#!/bin/sh
':' /* # The shell's part. It starts farpage-launch, which keeps what the start of Node.js would lose.
mask=
while read -r key value; do [ "$key" != SigBlk: ] || mask=$value; done 2>/dev/null </proc/$$/status
self=$(command readlink -f -- "$0") || self=$0
main=${self%/*}/../dist/src/cli/main.js
launch=${self%/*}/../build/Release/farpage-launch
run=
[ "$1" != run ] || run=run
[ -x "$launch" ] && given=$("$launch" environ $$) && eval "$given" && exec "$launch" $run $mask -- node "$main" "$@"
exec node "$main" "$@"
*/
import '../dist/src/cli/main.js';
