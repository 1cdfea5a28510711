using System.Globalization;
using System.Text;
using NativePlugins.Abi;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Manifests;

namespace NativePlugins.Host.Loading;

/// <summary>A plugin's description in the plugin's own memory, after it was checked.</summary>
internal sealed unsafe class NativeDescription
{
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly np_plugin_description* _native;

    private NativeDescription(np_plugin_description* native, PluginDescription managed)
    {
        _native = native;
        Managed = managed;
    }

    public PluginDescription Managed { get; }

    public void* Context => _native->context;

    public delegate* unmanaged[Cdecl]<void*, np_host*, np_plugin**, np_error_sink*, int> Create => _native->create;

    /// <summary>
    /// Calls the entry, whose code is the first of the plugin to run after its constructors. In a NativeAOT library it starts the runtime.
    /// </summary>
    public static int CallEntry(nint entry, out nint description)
    {
        np_plugin_description* native = null;
        int status = ((delegate* unmanaged[Cdecl]<np_plugin_description**, int>)entry)(&native);
        description = (nint)native;
        return status;
    }

    /// <summary>Checks what the entry returned, field by field, before any of it is relied on.</summary>
    /// <exception cref="PluginException">It is not the description of a plugin that this host can run.</exception>
    public static NativeDescription Check(nint description, string path)
    {
        var native = (np_plugin_description*)description;
        if (native == null)
        {
            throw Bad(path, "a description", "NULL, although the entry returned NP_OK");
        }

        // Magic and major version come first: a description of another major version may well have another minimum size.
        uint size = native->struct_size;
        if (size >= 2 * sizeof(uint) && native->magic != np.NP_MAGIC)
        {
            throw Bad(path, $"np_plugin_description.magic 0x{np.NP_MAGIC:X8}", $"0x{native->magic:X8}");
        }

        if (size >= 4 * sizeof(uint) && native->abi_major != np.NP_ABI_MAJOR)
        {
            throw new PluginAbiVersionException(new PluginFailure(
                $"{UntrustedText.Quote(path)} was built for another major version of the ABI")
            {
                Expected = $"ABI {np.NP_ABI_MAJOR}.x",
                Found = $"ABI {native->abi_major}.{native->abi_minor}",
            });
        }

        if (size < np_plugin_description.FrozenMinimum)
        {
            throw Bad(path, $"np_plugin_description.struct_size of {np_plugin_description.FrozenMinimum} or more", Text(size));
        }

        if (native->pointer_size != sizeof(void*))
        {
            throw Bad(path, $"np_plugin_description.pointer_size {sizeof(void*)}", Text(native->pointer_size));
        }

        if (native->layout_hash != np.NP_LAYOUT_HASH)
        {
            throw new PluginLayoutException(new PluginFailure(
                $"{UntrustedText.Quote(path)} was built with other struct layouts")
            {
                Expected = $"layout hash 0x{np.NP_LAYOUT_HASH:X16}",
                Found = $"0x{native->layout_hash:X16}",
            });
        }

        if (native->create == null)
        {
            throw Bad(path, "np_plugin_description.create", "NULL");
        }

        return new NativeDescription(native, Read(native, path));
    }

    private static PluginDescription Read(np_plugin_description* native, string path)
    {
        string id = Decode(path, "id", native->id, native->id_length, 1, 64);
        if (!PluginId.IsValid(id))
        {
            throw Bad(path, $"np_plugin_description.id of the form {PluginId.Form}", UntrustedText.Quote(id));
        }

        string name = Decode(path, "name", native->name, native->name_length, 1, 256);
        string version = Decode(path, "version", native->version, native->version_length, 1, 128);
        if (!SemanticVersion.IsValid(version))
        {
            throw Bad(path, "np_plugin_description.version as in Semantic Versioning 2.0.0 (1.2.3)", UntrustedText.Quote(version));
        }

        return new PluginDescription(
            id,
            name,
            version,
            new Version((int)native->abi_major, (int)Math.Min(native->abi_minor, int.MaxValue)),
            Decode(path, "language", native->language, native->language_length, 0, 64),
            native->runtime is np.NP_RUNTIME_NONE or np.NP_RUNTIME_NATIVEAOT
                ? (PluginRuntime)native->runtime
                : PluginRuntime.Other,
            Decode(path, "runtime_version", native->runtime_version, native->runtime_version_length, 0, 64),
            (native->flags & np.NP_PLUGIN_MAY_UNLOAD) != 0);
    }

    private static string Decode(string path, string field, sbyte* text, nuint length, int least, int most)
    {
        if (text == null && length != 0)
        {
            throw Bad(path, $"np_plugin_description.{field}", $"NULL, with a length of {length}");
        }

        if (length < (nuint)least || length > (nuint)most)
        {
            throw Bad(path, $"np_plugin_description.{field} of {least} to {most} bytes", $"{length} bytes");
        }

        try
        {
            return s_strictUtf8.GetString(Utf8Text.Bytes(text, length));
        }
        catch (DecoderFallbackException)
        {
            throw Bad(path, $"np_plugin_description.{field} in UTF-8", $"ill-formed bytes: {Convert.ToHexString(Utf8Text.Bytes(text, length))}");
        }
    }

    private static PluginDescriptionException Bad(string path, string expected, string found) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} handed over no valid description")
        {
            Expected = expected,
            Found = found,
        });

    private static string Text(uint value) => value.ToString(CultureInfo.InvariantCulture);
}
