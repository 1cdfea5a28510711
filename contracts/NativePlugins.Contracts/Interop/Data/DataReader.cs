using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>
/// Reads what the other side has handed over, and trusts none of it: no length, no depth, no size. What breaks a rule is refused, with the
/// member's name. What cannot be checked is whether a pointer points at memory.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe ref struct DataReader
{
    private readonly int _maxDepth;
    private readonly void* _root;
    private readonly nuint _promised;
    private long _left;
    private int _depth;

    /// <summary>Begins to read.</summary>
    /// <param name="side">The side that reads.</param>
    /// <param name="at">The parameter, or "result".</param>
    /// <param name="root">What the other side has said the size of; NULL where it has not.</param>
    /// <param name="promised">That size, in bytes.</param>
    public DataReader(ContractSide side, string at, void* root = null, nuint promised = 0)
    {
        ArgumentNullException.ThrowIfNull(side);
        At = at;
        _root = root;
        _promised = promised;
        _maxDepth = side.DataLimits.Depth;
        _left = side.DataLimits.Bytes;
    }

    /// <summary>What is read: a parameter, the result, or a member as Type.Member.</summary>
    public string At { get; set; }

    /// <summary>The size of a struct that begins with it.</summary>
    /// <param name="cell">The struct.</param>
    /// <param name="minimum">The frozen minimum.</param>
    /// <param name="type">The type.</param>
    public uint Begin(byte* cell, uint minimum, string type)
    {
        uint size = *(uint*)cell;
        if (size < minimum || (cell == _root && size > _promised))
        {
            Refuse(size < minimum
                ? $"is a {type} with struct_size {size}; {minimum} or more was expected"
                : $"is a {type} with struct_size {size}, and was handed over with a size of {_promised}");
        }

        Take(size, 1);
        return size;
    }

    /// <summary>The size of the struct of a case.</summary>
    /// <param name="cell">The struct; NULL is refused.</param>
    /// <param name="minimum">The frozen minimum.</param>
    /// <param name="type">The type.</param>
    public uint BeginCase(byte* cell, uint minimum, string type)
    {
        if (cell == null)
        {
            Refuse($"is a {type} that is NULL");
        }

        return Begin(cell, minimum, type);
    }

    /// <summary>What stands for a tag that is none of those that may be there.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="type">The type whose cases they are.</param>
    /// <param name="known">The tags that may be there, with their types.</param>
    public readonly Exception UnknownTag(uint tag, string type, string known) =>
        new DataRuleException($"{At} is a {type} with tag {tag}; expected: {known}.");

    /// <summary>Says that something breaks a rule.</summary>
    /// <param name="how">What is wrong with it: the end of a sentence about <see cref="At"/>.</param>
    [DoesNotReturn]
    public readonly void Refuse(string how) => throw new DataRuleException($"{At} {how}.");

    internal void Descend()
    {
        if (++_depth > _maxDepth)
        {
            Refuse($"is nested deeper than {_maxDepth}");
        }
    }

    internal void Ascend() => _depth--;

    /// <summary>Counts memory that is about to be read.</summary>
    internal void Take(nuint count, int size)
    {
        if (count > (nuint)_left / (nuint)size)
        {
            Refuse($"has {count} elements of {size} bytes, which is more than a call may bring");
        }

        _left -= (long)count * size;
    }

    internal readonly int Length(void* items, nuint count, string what)
    {
        if ((items == null && count != 0) || count > (nuint)Array.MaxLength)
        {
            Refuse(items == null ? $"is NULL, and its {what} is {count}" : $"has {count} elements; {Array.MaxLength} at most are possible");
        }

        return (int)count;
    }
}

/// <summary>The other side has broken a rule. It does not leave this library: callers get a fault, callees report NP_E_INVALID_ARGUMENT.</summary>
internal sealed class DataRuleException(string message) : Exception(message);
