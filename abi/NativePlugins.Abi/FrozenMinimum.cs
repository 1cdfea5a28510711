namespace NativePlugins.Abi;

// The size of each struct in version 1.0. A struct that says less is refused; fields beyond it may be absent.
// abi/layout-v1.txt records the same numbers for 64-bit pointers, and a test compares the two.

public unsafe partial struct np_sink
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 24u : 16u;
}

public unsafe partial struct np_error_info
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 56u : 32u;
}

public unsafe partial struct np_error_sink
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 24u : 16u;
}

public unsafe partial struct np_cancellation
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 40u : 24u;
}

public unsafe partial struct np_completion
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 24u : 16u;
}

public unsafe partial struct np_object
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 40u : 24u;
}

public unsafe partial struct np_host
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 56u : 32u;
}

public unsafe partial struct np_plugin
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 48u : 28u;
}

public unsafe partial struct np_plugin_description
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 136u : 88u;
}

public unsafe partial struct np_command_call
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 64u : 36u;
}

public unsafe partial struct np_command
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 24u : 16u;
}

public unsafe partial struct np_log_record
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 80u : 48u;
}

public unsafe partial struct np_log
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 32u : 20u;
}

public unsafe partial struct np_config
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 32u : 20u;
}

public unsafe partial struct np_paths
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 24u : 16u;
}

public unsafe partial struct np_state_data
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 40u : 24u;
}

public unsafe partial struct np_state
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 48u : 28u;
}

public unsafe partial struct np_stream
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 88u : 48u;
}

public unsafe partial struct np_memory
{
    public static uint FrozenMinimum => sizeof(void*) == 8 ? 24u : 16u;
}
