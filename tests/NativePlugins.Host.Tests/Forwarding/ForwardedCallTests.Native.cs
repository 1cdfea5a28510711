using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Forwarding;

namespace NativePlugins.Host.Tests.Forwarding;

/// <content>The functions that are called, and what they are called with.</content>
public sealed unsafe partial class ForwardedCallTests
{
    private (Loopback Caller, Loopback Callee, nint Table) Forward() => Forward(out _);

    private (Loopback Caller, Loopback Callee, nint Table) Forward(out ForwardingTable forwarding)
    {
        (Loopback caller, Loopback callee) = Loopback.Create();
        ContractText contract = ContractText.Of(Kinds);
        nint target = Table([
            (nint)(delegate* unmanaged[Cdecl]<nint, long, byte*, nuint, ushort*, nuint, Guid*, int*, Node*, int*, nint, int>)&Take,
            (nint)(delegate* unmanaged[Cdecl]<nint, Node*, np_sink*, nint, int>)&Echo,
            (nint)(delegate* unmanaged[Cdecl]<nint, Node*, byte*, nuint, nint, nint, int>)&Later]);
        forwarding = ForwardingTable.Rent().Lead(contract.Descriptor, contract.Plan, caller.Calls, callee.Calls.Expose(new NativeTable(target, contract.Plan)));
        return (caller, callee, forwarding.Native);
    }

    private static nint Function(nint table, int slot) => ((nint*)(table + sizeof(ContractTable)))[slot];

    private static nint Context(nint table) => ((nint*)table)[1];

    private nint Table(nint[] functions)
    {
        nint table = Allocate(sizeof(ContractTable) + (functions.Length * sizeof(nint)));
        functions.CopyTo(new Span<nint>((void*)(table + sizeof(ContractTable)), functions.Length));
        return table;
    }

    private nint Allocate(int size)
    {
        var block = (nint)NativeMemory.AllocZeroed((nuint)size);
        _allocated.Add(block);
        return block;
    }

    private nint Sink(out Received received)
    {
        received = new Received();
        var sink = (np_sink*)Allocate(sizeof(np_sink));
        *sink = new np_sink { struct_size = (uint)sizeof(np_sink), context = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(received)), write = &Receive };
        return (nint)sink;
    }

    private nint ErrorSink(Action<string> report)
    {
        var sink = (np_error_sink*)Allocate(sizeof(np_error_sink));
        *sink = new np_error_sink { struct_size = (uint)sizeof(np_error_sink), context = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(report)), report = &ReportTo };
        return (nint)sink;
    }

    private Node* SampleNode()
    {
        Node* root = NewNode("root");
        Node** children = (Node**)Allocate(3 * sizeof(nint));
        children[0] = NewNode("a");
        children[1] = NewNode("b");
        children[2] = NewNode("c");
        root->Children = children;
        root->ChildCount = 3;
        (root->HasPair, root->Number, root->Pair) = (1, 7, NewText("pair"));
        return root;
    }

    private Node* NewNode(string text)
    {
        var node = (Node*)Allocate(sizeof(Node));
        (node->Size, node->Text) = ((uint)sizeof(Node), NewText(text));
        return node;
    }

    private NativeText NewText(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        var block = (byte*)Allocate(Math.Max(1, utf8.Length));
        utf8.CopyTo(new Span<byte>(block, utf8.Length));
        return new NativeText { Data = block, Length = (nuint)utf8.Length };
    }

    private static string Describe(Node* node)
    {
        string children = string.Join(",", Enumerable.Range(0, (int)node->ChildCount).Select(i => Describe(node->Children[i])));
        return $"{node->Text}({children}){(node->HasPair == 1 ? $" {node->Number}:{node->Pair}" : "")}";
    }

    private static byte[] Damage(byte[] bytes, System.Random random)
    {
        int kind = random.Next(4);
        if (kind == 0 || bytes.Length == 0)
        {
            random.NextBytes(bytes);
            return bytes;
        }

        if (kind == 1)
        {
            return bytes[..random.Next(bytes.Length)];
        }

        for (int i = random.Next(1, 4); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
        }

        return bytes;
    }

    private static string Source(string[][] functions)
    {
        string C(string type) => type switch { "f32" => "float", "f64" => "double", ['i', .. var bits] => $"int{bits}_t", [_, .. var bits] => $"uint{bits}_t", _ => "" };
        var source = new StringBuilder("#include <stdint.h>\n#include <string.h>\nstatic uint64_t mix(uint64_t h, const void *p, int n) { const unsigned char *b = p; for (int i = 0; i < n; i++) { h = (h ^ b[i]) * 1099511628211u; } return h; }\n");
        for (int i = 0; i < functions.Length; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $"int32_t f{i}(void *c{string.Concat(functions[i].Select((type, p) => $", {C(type)} p{p}"))}, uint64_t *result, void *e) {{ (void)c; (void)e; uint64_t h = {i}; ");
            source.Append(string.Concat(functions[i].Select((_, p) => string.Create(CultureInfo.InvariantCulture, $"h = mix(h, &p{p}, sizeof p{p}); "))));
            source.Append("*result = h; return (int32_t)(h & 0x7fffffff); }\n");
        }

        return source.ToString();
    }

    /// <summary>Sets the arguments; those of the last time if there is no generator.</summary>
    private static void Fill(NativeWords* words, string[] types, System.Random? random, ulong* result, nint table)
    {
        var cursor = default(NativeWordCursor);
        words->Integer[cursor.NextInteger()] = table == 0 ? 0 : (ulong)Context(table);
        foreach (string type in types)
        {
            bool isVector = false;
            int index = type[0] == 'f' ? cursor.NextFloat(out isVector) : cursor.NextInteger();
            if (random is not null)
            {
                ulong bits = (ulong)random.NextInt64() << (random.Next(2));
                if (isVector)
                {
                    words->Vector[index] = BitConverter.UInt64BitsToDouble(bits);
                }
                else
                {
                    words->Integer[index] = bits;
                }
            }
        }

        words->Integer[cursor.NextInteger()] = (ulong)result;
        words->Integer[cursor.NextInteger()] = 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Take(nint context, long number, byte* text, nuint length, ushort* items, nuint count, Guid* found, int* level, Node* node, int* result, nint error)
    {
        if (found != null && level != null && result != null)
        {
            (*level, *result) = (*level + 1, (int)length);
        }

        return np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Echo(nint context, Node* node, np_sink* result, nint error) =>
        result == null || node == null ? np.NP_E_INVALID_ARGUMENT : result->write(result->context, node, (nuint)sizeof(Node));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Later(nint context, Node* node, byte* bytes, nuint count, nint completion, nint error) => np.NP_E_FAILED;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Receive(void* context, void* data, nuint size)
    {
        ((Received)GCHandle.FromIntPtr((nint)context).Target!).Take(data, size);
        return np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ReportTo(void* context, np_error_info* info)
    {
        ((Action<string>)GCHandle.FromIntPtr((nint)context).Target!)(Utf8Text.Decode(info->message, info->message_length));
        return np.NP_OK;
    }

    private sealed class Received
    {
        public string Text { get; private set; } = "";

        /// <summary>What is put lives as long as the call, so it is looked at now, if it is a node.</summary>
        public void Take(void* data, nuint size)
        {
            if (size == (nuint)sizeof(Node) && ((Node*)data)->Size == sizeof(Node))
            {
                Text = Describe((Node*)data);
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct NativeText
    {
        public byte* Data;
        public nuint Length;

        public override readonly string ToString() => Encoding.UTF8.GetString(Data, (int)Length);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Node
    {
        public uint Size;
        private readonly uint _reserved;
        public NativeText Text;
        public Node** Children;
        public nuint ChildCount;
        public byte HasPair;
        private readonly byte _reserved1, _reserved2, _reserved3, _reserved4, _reserved5, _reserved6, _reserved7;
        public int Number;
        private readonly int _reserved8;
        public NativeText Pair;
    }
}
