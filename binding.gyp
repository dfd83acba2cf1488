{
  "targets": [
    {
      "target_name": "farpage",
      "sources": [
        "native/addon.cc",
        "native/binding.cc",
        "native/bytes.cc",
        "native/codec.cc",
        "native/command.cc",
        "native/descriptors.cc",
        "native/engine.cc",
        "native/engine-remotes.cc",
        "native/engine-turns.cc",
        "native/guard.cc",
        "native/holes.cc",
        "native/leaving.cc",
        "native/mapping.cc",
        "native/memory.cc",
        "native/pagemap.cc",
        "native/pages.cc",
        "native/pieces.cc",
        "native/remote.cc",
        "native/target.cc",
        "native/target-operations.cc",
        "native/trap.cc",
        "native/trap-handler.cc",
        "native/trap-pages.cc",
        "native/uffd.cc",
        "native/views.cc",
        "native/warden.cc",
        "native/watcher.cc"
      ],
      "include_dirs": ["<!@(node -p \"require('node-addon-api').include_dir\")"],
      "defines": ["NAPI_VERSION=8", "NODE_ADDON_API_DISABLE_DEPRECATED", "NAPI_CPP_EXCEPTIONS"],
      "cflags_cc": ["-std=c++17", "-O2", "-Wall", "-Wextra", "-fvisibility=hidden", "-fexceptions"],
      "cflags_cc!": ["-fno-exceptions", "-std=gnu++20", "-std=gnu++17"],
      "ldflags": ["-Wl,-z,nodelete"],
      "libraries": ["-ldl"]
    },
    {
      "target_name": "farpage-guardian",
      "type": "executable",
      "sources": ["native/guardian.c"],
      "cflags": ["-std=gnu11", "-O2", "-Wall", "-Wextra"],
      "libraries!": ["-ldl"]
    }
  ],
  "conditions": [
    ["OS=='linux' and target_arch=='x64'", {
      "targets": [
        {
          "target_name": "farpage-preload",
          "type": "shared_library",
          "product_prefix": "",
          "product_extension": "so",
          "sources": [
            "native/preload/agent.c",
            "native/preload/foreign.c",
            "native/preload/handoff.c",
            "native/preload/hooks.c",
            "native/preload/join.c",
            "native/preload/ranges.c",
            "native/preload/say.c"
          ],
          "defines": ["_GNU_SOURCE"],
          "cflags": [
            "-std=gnu11",
            "-O2",
            "-fPIC",
            "-Wall",
            "-Wextra",
            "-fvisibility=hidden",
            "-fno-stack-protector",
            "-fno-tree-loop-distribute-patterns"
          ],
          "cflags!": ["-fno-omit-frame-pointer"],
          "ldflags": ["-Wl,-z,now", "-Wl,-z,nodelete", "-Wl,--as-needed"],
          "libraries": ["-ldl"]
        }
      ]
    }]
  ]
}
