using System.Collections;
using NativePlugins.Abi;

namespace NativePlugins.Sdk.Interop;

/// <summary>The arguments of a run, each decoded when it is first read.</summary>
internal sealed unsafe class CommandArguments(np_command_call* call) : IReadOnlyList<string>
{
    private readonly string?[] _decoded = new string?[(int)call->argument_count];
    private np_command_call* _call = call;

    public int Count => _decoded.Length;

    public string this[int index] => _decoded[index] ?? Decode(index);

    public IEnumerator<string> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Lets go of the caller's memory; what has been decoded stays.</summary>
    public void Complete()
    {
        lock (_decoded)
        {
            _call = null;
        }
    }

    private string Decode(int index)
    {
        lock (_decoded)
        {
            ObjectDisposedException.ThrowIf(_call == null, typeof(CommandContext));
            return _decoded[index] ??= Utf8Text.Decode(_call->arguments[index], _call->argument_lengths[index]);
        }
    }
}
