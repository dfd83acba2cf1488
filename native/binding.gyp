{
  # 1: the compiler is zig's Clang (scripts/prebuilds.mjs), which refuses options that it does not know.
  "variables": {"zig%": 0, "libc%": "glibc"},
  "targets": [
    {
      "target_name": "farpage-core",
      "type": "static_library",
      "sources": ["native/core/core.c"],
      "include_dirs": ["native"],
      # Not "cflags", which come before those of Node.js: -O3 and frame pointers.
      "cflags_c": ["-std=gnu11", "-O2", "-fomit-frame-pointer", "-fPIC", "-fwrapv", "-fvisibility=hidden", "-w"]
    },
    {
      "target_name": "farpage",
      "sources": [
        "native/addon.cc",
        "native/args.cc",
        "native/names.cc",
        "native/door/binding.cc",
        "native/engine/bytes.cc",
        "native/kernel/codec.cc",
        "native/kernel/fork-gaps.cc",
        "native/engine/command.cc",
        "native/kernel/sockets.cc",
        "native/engine/engine.cc",
        "native/engine/inbox.cc",
        "native/engine/fault-turns.cc",
        "native/engine/inline-turns.cc",
        "native/engine/lane-turns.cc",
        "native/lane/lane.cc",
        "native/engine/lanes.cc",
        "native/calls/bounce.cc",
        "native/calls/calls.cc",
        "native/calls/process.cc",
        "native/calls/proof.cc",
        "native/calls/ranges.cc",
        "native/calls/slots.cc",
        "native/inline/handler.cc",
        "native/inline/lock.cc",
        "native/inline/tally.cc",
        "native/engine/fault-tally.cc",
        "native/kernel/access.cc",
        "native/kernel/parking.cc",
        "native/kernel/stamps.cc",
        "native/kernel/vma.cc",
        "native/kernel/process-mark.cc",
        "native/engine/meters.cc",
        "native/engine/remotes.cc",
        "native/engine/ride.cc",
        "native/engine/spin.cc",
        "native/engine/turn.cc",
        "native/engine/turns.cc",
        "native/core/annex.cc",
        "native/core/core.cc",
        "native/others/agents.cc",
        "native/others/attached-watch.cc",
        "native/others/lease-watch.cc",
        "native/kernel/holes.cc",
        "native/endings/exit.cc",
        "native/endings/keeper.cc",
        "native/endings/launching.cc",
        "native/kernel/killed.cc",
        "native/kernel/lock.cc",
        "native/kernel/mark.cc",
        "native/endings/gone.cc",
        "native/endings/guarded-copy.cc",
        "native/endings/signal-chain.cc",
        "native/kernel/mapping.cc",
        "native/kernel/messages.cc",
        "native/door/guard.cc",
        "native/door/memory.cc",
        "native/kernel/pagemap.cc",
        "native/engine/moves.cc",
        "native/engine/heads.cc",
        "native/engine/pieces.cc",
        "native/engine/places.cc",
        "native/others/forks.cc",
        "native/others/processes.cc",
        "native/others/touches.cc",
        "native/others/protected.cc",
        "native/conformance/target.cc",
        "native/conformance/target-operations.cc",
        "native/trap/trap.cc",
        "native/trap/handler.cc",
        "native/trap/pages.cc",
        "native/trap/markers.cc",
        "native/kernel/uffd.cc",
        "native/kernel/move.cc",
        "native/kernel/watched.cc",
        "native/kernel/joined.cc",
        "native/others/attachments.cc",
        "native/endings/last-resort.cc",
        "native/door/watcher.cc"
      ],
      "dependencies": ["farpage-core"],
      "include_dirs": ["native", "<!@(node -p \"require('node-addon-api').include_dir\")"],
      "defines": [
        "NAPI_VERSION=8",
        "NODE_ADDON_API_DISABLE_DEPRECATED",
        "NAPI_CPP_EXCEPTIONS",
        # A thread that is being ended takes no exception: without this the process would be aborted.
        "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS"
      ],
      "cflags_cc": ["-std=c++17", "-O2", "-fomit-frame-pointer", "-Wall", "-Wextra", "-fvisibility=hidden", "-fexceptions"],
      "cflags_cc!": ["-fno-exceptions", "-std=gnu++20", "-std=gnu++17"],
      "ldflags": ["-Wl,-z,nodelete", "-Wl,--version-script=../native/exports.map"],
      "libraries": ["-ldl"]
    },
    {
      "target_name": "farpage-guardian",
      "type": "executable",
      "sources": ["native/programs/reaper.c"],
      "cflags": ["-std=gnu11", "-O2", "-Wall", "-Wextra"],
      "libraries!": ["-ldl"]
    },
    {
      "target_name": "farpage-launch",
      "type": "executable",
      "sources": [
        "native/programs/launch.c",
        "native/programs/launch-descriptors.c",
        "native/programs/launch-group.c",
        "native/programs/launch-words.c"
      ],
      "cflags": ["-std=gnu11", "-O2", "-Wall", "-Wextra"],
      "libraries!": ["-ldl"]
    }
  ],
  "conditions": [
    # The preload library uses what only glibc has, and knows the instructions of x64.
    ["OS=='linux' and target_arch=='x64' and libc=='glibc'", {
      "targets": [
        {
          "target_name": "farpage-preload",
          "type": "shared_library",
          "product_prefix": "",
          "product_extension": "so",
          "sources": [
            "native/programs/preload/advice.c",
            "native/programs/preload/agent.c",
            "native/programs/preload/clerk.c",
            "native/programs/preload/confine.c",
            "native/programs/preload/enter.c",
            "native/programs/preload/foreign.c",
            "native/programs/preload/gate.c",
            "native/programs/preload/handoff.c",
            "native/programs/preload/hooks.c",
            "native/programs/preload/join.c",
            "native/programs/preload/ranges.c",
            "native/programs/preload/relay.c",
            "native/programs/preload/say.c",
            "native/programs/preload/shelf.c",
            "native/programs/preload/start.c",
            "native/programs/preload/syscall.c"
          ],
          "defines": ["_GNU_SOURCE"],
          "cflags": [
            "-std=gnu11",
            "-O2",
            "-fPIC",
            "-Wall",
            "-Wextra",
            "-fvisibility=hidden",
            "-fno-stack-protector"
          ],
          "conditions": [
            # No loop of ours becomes a call of memset or memcpy.
            ["zig==1", {"cflags": ["-fno-builtin"]}, {"cflags": ["-fno-tree-loop-distribute-patterns"]}]
          ],
          "cflags!": ["-fno-omit-frame-pointer"],
          "ldflags": ["-Wl,-z,now", "-Wl,-z,nodelete", "-Wl,--as-needed"],
          "libraries": ["-ldl"]
        }
      ]
    }]
  ]
}
