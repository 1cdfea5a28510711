using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The C# that reads the members of data and makes the object of them.</summary>
/// <param name="data">The type that is made.</param>
/// <param name="literal">The name of a member in messages, as a C# literal.</param>
internal sealed class DataReadSource(DataModel data, System.Func<DataMemberModel, string> literal)
{
    private readonly List<(DataMemberModel Member, string Variable)> _known = [];

    /// <summary>Reads what there is, and returns the object. A writer of an earlier version has written less: what it does not know keeps its default, which a constructor or initialiser sets.</summary>
    public void Write(CodeText code)
    {
        IEnumerable<Group> inherited = data.Base is { } parent ? Groups(parent.Inherited, 0, "cell", "size", "inherited") : [];
        Write(code, [.. inherited], [.. Groups(data.Members, data.Least, data.Base is null ? "cell" : "own", data.Base is null ? "size" : "ownSize", "member")], "");
    }

    private static IEnumerable<Group> Groups(IEnumerable<DataMemberModel> members, int least, string cell, string size, string name) => members
        .Select((member, i) => (member, $"{name}{i}")).GroupBy(m => m.member.Minor)
        .Select(group => new Group([.. group], group.Key > least ? group.Last().member.End : null, cell, size));

    // A side may know later members of the base and not of the case, and the other way around.
    private void Write(CodeText code, Group[] inherited, Group[] own, string branch)
    {
        for (int i = 0; i < inherited.Length; i++)
        {
            WriteMissing(code, inherited[i], [], own, $"{branch}_{i}");
            WriteGroup(code, inherited[i], "");
        }

        for (int i = 0; i < own.Length; i++)
        {
            WriteMissing(code, own[i], [], [], branch);
            WriteGroup(code, own[i], branch);
        }

        code.Line($"return {Creation()};");
    }

    private void WriteMissing(CodeText code, Group group, Group[] inherited, Group[] own, string branch)
    {
        if (group.End is { } end)
        {
            int count = _known.Count;
            code.Open($"if ({group.Size} < {end})");
            Write(code, inherited, own, branch);
            code.Close().Line();
            _known.RemoveRange(count, _known.Count - count);
        }
    }

    private void WriteGroup(CodeText code, Group group, string branch)
    {
        foreach ((DataMemberModel member, string name) in group.Members)
        {
            code.Line($"reader.At = {literal(member)};");
            code.Line($"{member.Shape.CSharp} {name}{branch} = {member.Shape.Runtime}.Read(ref reader, {group.Cell} + {member.Offset});");
            _known.Add((member, name + branch));
        }
    }

    private string Creation()
    {
        string arguments = string.Join(", ", _known.Where(m => m.Member.Parameter is not null).Select(m => $"{NativeTypes.Escape(m.Member.Parameter!)}: {m.Variable}"));
        string initialisers = string.Join(", ", _known.Where(m => m.Member.Parameter is null).Select(m => $"{NativeTypes.Escape(m.Member.Name)} = {m.Variable}"));
        return $"new {data.CSharp}({arguments}){(initialisers.Length == 0 ? "" : $" {{ {initialisers} }}")}";
    }

    /// <summary>Members that came together.</summary>
    /// <param name="End">The size of a struct that has them; null when they are always there.</param>
    private sealed record Group((DataMemberModel Member, string Name)[] Members, int? End, string Cell, string Size);
}
