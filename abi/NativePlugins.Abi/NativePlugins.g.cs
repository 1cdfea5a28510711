using System;

namespace NativePlugins.Abi
{
    public unsafe partial struct np_sink
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("int32_t (*)(void *, const void *, size_t)")]
        public delegate* unmanaged[Cdecl]<void*, void*, nuint, int> write;
    }

    public unsafe partial struct np_error_info
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("int32_t")]
        public int code;

        [NativeTypeName("const char *")]
        public sbyte* type;

        [NativeTypeName("size_t")]
        public nuint type_length;

        [NativeTypeName("const char *")]
        public sbyte* message;

        [NativeTypeName("size_t")]
        public nuint message_length;

        [NativeTypeName("const char *")]
        public sbyte* detail;

        [NativeTypeName("size_t")]
        public nuint detail_length;
    }

    public unsafe partial struct np_error_sink
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("int32_t (*)(void *, const np_error_info *)")]
        public delegate* unmanaged[Cdecl]<void*, np_error_info*, int> report;
    }

    public unsafe partial struct np_cancellation
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("int32_t (*)(void *)")]
        public delegate* unmanaged[Cdecl]<void*, int> check;

        [NativeTypeName("int32_t (*)(void *, int32_t (*)(void *), void *, uint64_t *)")]
        public delegate* unmanaged[Cdecl]<void*, delegate* unmanaged[Cdecl]<void*, int>, void*, ulong*, int> subscribe;

        [NativeTypeName("int32_t (*)(void *, uint64_t)")]
        public delegate* unmanaged[Cdecl]<void*, ulong, int> unsubscribe;
    }

    public unsafe partial struct np_completion
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("int32_t (*)(void *, int32_t, const void *, size_t, const np_error_info *)")]
        public delegate* unmanaged[Cdecl]<void*, int, void*, nuint, np_error_info*, int> complete;
    }

    public unsafe partial struct np_object
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("const void *")]
        public void* table;

        [NativeTypeName("int32_t (*)(void *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, np_error_sink*, int> release;

        [NativeTypeName("int32_t (*)(void *, const np_completion *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, np_completion*, np_error_sink*, int> finish;
    }

    public unsafe partial struct np_host
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint abi_minor;

        public void* context;

        [NativeTypeName("const char *")]
        public sbyte* name;

        [NativeTypeName("size_t")]
        public nuint name_length;

        [NativeTypeName("const char *")]
        public sbyte* version;

        [NativeTypeName("size_t")]
        public nuint version_length;

        [NativeTypeName("int32_t (*)(void *, const char *, size_t, const void **)")]
        public delegate* unmanaged[Cdecl]<void*, sbyte*, nuint, void**, int> get_service;
    }

    public unsafe partial struct np_plugin
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("int32_t (*)(void *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, np_error_sink*, int> start;

        [NativeTypeName("int32_t (*)(void *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, np_error_sink*, int> stop;

        [NativeTypeName("int32_t (*)(void *)")]
        public delegate* unmanaged[Cdecl]<void*, int> destroy;

        [NativeTypeName("int32_t (*)(void *, const char *, size_t, const void **)")]
        public delegate* unmanaged[Cdecl]<void*, sbyte*, nuint, void**, int> get_service;
    }

    public unsafe partial struct np_plugin_description
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint magic;

        [NativeTypeName("uint32_t")]
        public uint abi_major;

        [NativeTypeName("uint32_t")]
        public uint abi_minor;

        [NativeTypeName("uint64_t")]
        public ulong layout_hash;

        [NativeTypeName("uint32_t")]
        public uint pointer_size;

        [NativeTypeName("uint32_t")]
        public uint flags;

        [NativeTypeName("uint32_t")]
        public uint runtime;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        [NativeTypeName("const char *")]
        public sbyte* id;

        [NativeTypeName("size_t")]
        public nuint id_length;

        [NativeTypeName("const char *")]
        public sbyte* name;

        [NativeTypeName("size_t")]
        public nuint name_length;

        [NativeTypeName("const char *")]
        public sbyte* version;

        [NativeTypeName("size_t")]
        public nuint version_length;

        [NativeTypeName("const char *")]
        public sbyte* language;

        [NativeTypeName("size_t")]
        public nuint language_length;

        [NativeTypeName("const char *")]
        public sbyte* runtime_version;

        [NativeTypeName("size_t")]
        public nuint runtime_version_length;

        public void* context;

        [NativeTypeName("int32_t (*)(void *, const np_host *, const np_plugin **, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, np_host*, np_plugin**, np_error_sink*, int> create;
    }

    public unsafe partial struct np_command_call
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint argument_count;

        [NativeTypeName("const char *const *")]
        public sbyte** arguments;

        [NativeTypeName("const size_t *")]
        public nuint* argument_lengths;

        [NativeTypeName("const np_sink *")]
        public np_sink* output;

        [NativeTypeName("const np_sink *")]
        public np_sink* error_output;

        [NativeTypeName("const np_cancellation *")]
        public np_cancellation* cancellation;

        [NativeTypeName("const char *")]
        public sbyte* traceparent;

        [NativeTypeName("size_t")]
        public nuint traceparent_length;
    }

    public unsafe partial struct np_command
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("int32_t (*)(void *, const np_command_call *, int32_t *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, np_command_call*, int*, np_error_sink*, int> run;
    }

    public unsafe partial struct np_log_record
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("int32_t")]
        public int level;

        [NativeTypeName("int32_t")]
        public int event_id;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        [NativeTypeName("const char *")]
        public sbyte* category;

        [NativeTypeName("size_t")]
        public nuint category_length;

        [NativeTypeName("const char *")]
        public sbyte* message;

        [NativeTypeName("size_t")]
        public nuint message_length;

        [NativeTypeName("const char *")]
        public sbyte* detail;

        [NativeTypeName("size_t")]
        public nuint detail_length;

        [NativeTypeName("const char *")]
        public sbyte* traceparent;

        [NativeTypeName("size_t")]
        public nuint traceparent_length;
    }

    public unsafe partial struct np_log
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("int32_t (*)(void *, int32_t, int32_t *)")]
        public delegate* unmanaged[Cdecl]<void*, int, int*, int> is_enabled;

        [NativeTypeName("int32_t (*)(void *, const np_log_record *)")]
        public delegate* unmanaged[Cdecl]<void*, np_log_record*, int> write;
    }

    public unsafe partial struct np_config
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("int32_t (*)(void *, const char *, size_t, const np_sink *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, sbyte*, nuint, np_sink*, np_error_sink*, int> get;

        [NativeTypeName("int32_t (*)(void *, int32_t (*)(void *, const char *, size_t, const char *, size_t), void *)")]
        public delegate* unmanaged[Cdecl]<void*, delegate* unmanaged[Cdecl]<void*, sbyte*, nuint, sbyte*, nuint, int>, void*, int> for_each;
    }

    public unsafe partial struct np_paths
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("int32_t (*)(void *, int32_t, const np_sink *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, int, np_sink*, np_error_sink*, int> get;
    }

    public unsafe partial struct np_state_data
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint version;

        [NativeTypeName("const char *")]
        public sbyte* schema;

        [NativeTypeName("size_t")]
        public nuint schema_length;

        [NativeTypeName("const void *")]
        public void* data;

        [NativeTypeName("size_t")]
        public nuint data_size;
    }

    public unsafe partial struct np_state
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint version;

        public void* context;

        [NativeTypeName("const char *")]
        public sbyte* schema;

        [NativeTypeName("size_t")]
        public nuint schema_length;

        [NativeTypeName("int32_t (*)(void *, const np_sink *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, np_sink*, np_error_sink*, int> save;

        [NativeTypeName("int32_t (*)(void *, const np_state_data *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, np_state_data*, np_error_sink*, int> load;
    }

    public unsafe partial struct np_memory
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("int32_t (*)(void *)")]
        public delegate* unmanaged[Cdecl]<void*, int> trim;
    }

    public unsafe partial struct np_stream
    {
        [NativeTypeName("uint32_t")]
        public uint struct_size;

        [NativeTypeName("uint32_t")]
        public uint reserved;

        public void* context;

        [NativeTypeName("int32_t (*)(void *, void *, size_t, size_t *, const np_cancellation *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, void*, nuint, nuint*, np_cancellation*, np_error_sink*, int> read;

        [NativeTypeName("int32_t (*)(void *, const void *, size_t, const np_cancellation *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, void*, nuint, np_cancellation*, np_error_sink*, int> write;

        [NativeTypeName("int32_t (*)(void *, const np_cancellation *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, np_cancellation*, np_error_sink*, int> flush;

        [NativeTypeName("int32_t (*)(void *, int64_t, int32_t, int64_t *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, long, int, long*, np_error_sink*, int> seek;

        [NativeTypeName("int32_t (*)(void *, int64_t *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, long*, np_error_sink*, int> get_length;

        [NativeTypeName("int32_t (*)(void *, int64_t, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, long, np_error_sink*, int> set_length;

        [NativeTypeName("int32_t (*)(void *, void *, size_t, const np_cancellation *, const np_completion *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, void*, nuint, np_cancellation*, np_completion*, np_error_sink*, int> read_async;

        [NativeTypeName("int32_t (*)(void *, const void *, size_t, const np_cancellation *, const np_completion *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, void*, nuint, np_cancellation*, np_completion*, np_error_sink*, int> write_async;

        [NativeTypeName("int32_t (*)(void *, const np_cancellation *, const np_completion *, const np_error_sink *)")]
        public delegate* unmanaged[Cdecl]<void*, np_cancellation*, np_completion*, np_error_sink*, int> flush_async;
    }

    public static partial class np
    {
        [NativeTypeName("#define NP_ABI_MAJOR 1u")]
        public const uint NP_ABI_MAJOR = 1U;

        [NativeTypeName("#define NP_ABI_MINOR 0u")]
        public const uint NP_ABI_MINOR = 0U;

        [NativeTypeName("#define NP_MAGIC 0x474C504Eu")]
        public const uint NP_MAGIC = 0x474C504EU;

        [NativeTypeName("#define NP_LAYOUT_HASH 0x4781C6705DE554BCULL")]
        public const ulong NP_LAYOUT_HASH = 0x4781C6705DE554BCUL;

        [NativeTypeName("#define NP_OK 0")]
        public const int NP_OK = 0;

        [NativeTypeName("#define NP_E_FAILED (-1)")]
        public const int NP_E_FAILED = (-1);

        [NativeTypeName("#define NP_E_FAULT (-2)")]
        public const int NP_E_FAULT = (-2);

        [NativeTypeName("#define NP_E_INVALID_ARGUMENT (-3)")]
        public const int NP_E_INVALID_ARGUMENT = (-3);

        [NativeTypeName("#define NP_E_INVALID_STATE (-4)")]
        public const int NP_E_INVALID_STATE = (-4);

        [NativeTypeName("#define NP_E_NOT_FOUND (-5)")]
        public const int NP_E_NOT_FOUND = (-5);

        [NativeTypeName("#define NP_E_UNSUPPORTED (-6)")]
        public const int NP_E_UNSUPPORTED = (-6);

        [NativeTypeName("#define NP_E_OUT_OF_MEMORY (-7)")]
        public const int NP_E_OUT_OF_MEMORY = (-7);

        [NativeTypeName("#define NP_E_CANCELLED (-8)")]
        public const int NP_E_CANCELLED = (-8);

        [NativeTypeName("#define NP_E_CONFIGURATION (-9)")]
        public const int NP_E_CONFIGURATION = (-9);

        [NativeTypeName("#define NP_E_IO (-10)")]
        public const int NP_E_IO = (-10);

        [NativeTypeName("#define NP_E_PERMISSION (-11)")]
        public const int NP_E_PERMISSION = (-11);

        [NativeTypeName("#define NP_RUNTIME_NONE 1u")]
        public const uint NP_RUNTIME_NONE = 1U;

        [NativeTypeName("#define NP_RUNTIME_NATIVEAOT 2u")]
        public const uint NP_RUNTIME_NATIVEAOT = 2U;

        [NativeTypeName("#define NP_RUNTIME_OTHER 3u")]
        public const uint NP_RUNTIME_OTHER = 3U;

        [NativeTypeName("#define NP_PLUGIN_MAY_UNLOAD 1u")]
        public const uint NP_PLUGIN_MAY_UNLOAD = 1U;

        [NativeTypeName("#define NP_LOG_TRACE 0")]
        public const int NP_LOG_TRACE = 0;

        [NativeTypeName("#define NP_LOG_DEBUG 1")]
        public const int NP_LOG_DEBUG = 1;

        [NativeTypeName("#define NP_LOG_INFORMATION 2")]
        public const int NP_LOG_INFORMATION = 2;

        [NativeTypeName("#define NP_LOG_WARNING 3")]
        public const int NP_LOG_WARNING = 3;

        [NativeTypeName("#define NP_LOG_ERROR 4")]
        public const int NP_LOG_ERROR = 4;

        [NativeTypeName("#define NP_LOG_CRITICAL 5")]
        public const int NP_LOG_CRITICAL = 5;

        [NativeTypeName("#define NP_PATH_INSTALLED 1")]
        public const int NP_PATH_INSTALLED = 1;

        [NativeTypeName("#define NP_PATH_DATA 2")]
        public const int NP_PATH_DATA = 2;

        [NativeTypeName("#define NP_SEEK_BEGIN 0")]
        public const int NP_SEEK_BEGIN = 0;

        [NativeTypeName("#define NP_SEEK_CURRENT 1")]
        public const int NP_SEEK_CURRENT = 1;

        [NativeTypeName("#define NP_SEEK_END 2")]
        public const int NP_SEEK_END = 2;

        [NativeTypeName("#define NP_COMMAND_ID \"np.command/1\"")]
        public static ReadOnlySpan<byte> NP_COMMAND_ID => "np.command/1"u8;

        [NativeTypeName("#define NP_LOG_ID \"np.log/1\"")]
        public static ReadOnlySpan<byte> NP_LOG_ID => "np.log/1"u8;

        [NativeTypeName("#define NP_CONFIG_ID \"np.config/1\"")]
        public static ReadOnlySpan<byte> NP_CONFIG_ID => "np.config/1"u8;

        [NativeTypeName("#define NP_PATHS_ID \"np.paths/1\"")]
        public static ReadOnlySpan<byte> NP_PATHS_ID => "np.paths/1"u8;

        [NativeTypeName("#define NP_STATE_ID \"np.state/1\"")]
        public static ReadOnlySpan<byte> NP_STATE_ID => "np.state/1"u8;

        [NativeTypeName("#define NP_MEMORY_ID \"np.memory/1\"")]
        public static ReadOnlySpan<byte> NP_MEMORY_ID => "np.memory/1"u8;

        [NativeTypeName("#define NP_STREAM_ID \"np.stream/1\"")]
        public static ReadOnlySpan<byte> NP_STREAM_ID => "np.stream/1"u8;
    }
}
