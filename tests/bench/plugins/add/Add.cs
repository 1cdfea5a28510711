using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Sdk;

/// <summary>A plugin in C# with the service <c>test.add/1</c> (<c>tests/fixtures/test_add.h</c>), for measuring calls.</summary>
[Plugin("add", Name = "Add", Version = "1.0.0")]
internal sealed unsafe class Add : INativeServices
{
    private static readonly TestAdd* s_table = CreateTable();

    public nint GetService(string id) => id == "test.add/1" ? (nint)s_table : 0;

    // Never freed: the library is never unloaded.
    private static TestAdd* CreateTable()
    {
        var table = (TestAdd*)NativeMemory.AllocZeroed((nuint)sizeof(TestAdd));
        table->StructSize = (uint)sizeof(TestAdd);
        table->Function = &Sum;
        return table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sum(void* context, int a, int b) => a + b;

    [StructLayout(LayoutKind.Sequential)]
    private struct TestAdd
    {
        public uint StructSize;
        public uint Reserved;
        public void* Context;
        public delegate* unmanaged[Cdecl]<void*, int, int, int> Function;
    }
}
