using System.ComponentModel;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>Data on its way through a function of a table: as the callee sees it. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class DataThunk
{
    /// <summary>A value that is a number in C.</summary>
    /// <param name="context">The context of the function that was called.</param>
    /// <param name="number">The number.</param>
    /// <param name="name">The parameter.</param>
    public static T FromNumber<T, TData, TNumber>(void* context, TNumber number, string name)
        where TData : IDataShape<T>
        where TNumber : unmanaged => Read<T, TData>(context, &number, name);

    /// <summary>A value of the caller's, which is copied.</summary>
    /// <param name="context">The context of the function that was called.</param>
    /// <param name="cell">The value.</param>
    /// <param name="name">The parameter.</param>
    public static T Read<T, TData>(void* context, void* cell, string name)
        where TData : IDataShape<T>
    {
        var reader = new DataReader(ContractExport.SideOf((nint)context), name);
        return TData.Read(ref reader, (byte*)cell);
    }

    /// <summary>A value of the caller's that came as a pointer to it, or NULL.</summary>
    public static T Root<T, TRoot>(void* context, void* root, string name)
        where TRoot : IDataRoot<T> => Read<T, TRoot>(context, &root, name);

    /// <summary>A text of the caller's that came as a pointer and a length.</summary>
    public static T Text<T, TData>(void* context, sbyte* text, nuint length, string name)
        where TData : IDataShape<T>
    {
        var cell = new NativeText(text, length);
        return Read<T, TData>(context, &cell, name);
    }

    /// <summary>Hands the result over, and returns the status of the caller's sink.</summary>
    /// <param name="context">The context of the function that was called.</param>
    /// <param name="sink">The caller's np_sink.</param>
    /// <param name="value">The result.</param>
    public static int Put<T, TRoot>(void* context, void* sink, T value)
        where TRoot : IDataRoot<T>
    {
        using DataArena arena = DataArena.Rent(ContractExport.SideOf((nint)context));
        nint root = arena.Root<T, TRoot>(value);
        return ((np_sink*)sink)->write(((np_sink*)sink)->context, (void*)root, root == 0 ? 0 : (nuint)TRoot.TargetSize);
    }
}
