using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>The types with [PluginData] that a contract needs, each with the minor version in which the contract comes to need it.</summary>
internal sealed class DataClosure(DataShapeReader shapes)
{
    private readonly List<DataModel> _found = [];

    /// <summary>Whether one of them cannot be data, which is said where it is declared.</summary>
    public bool HasProblem { get; private set; }

    public IReadOnlyList<DataModel> Of(IReadOnlyList<MemberModel> members)
    {
        foreach (int minor in members.Select(m => m.Minor).Distinct().OrderBy(m => m))
        {
            Follow(members.Where(m => m.Minor == minor).SelectMany(m => m.Contents).SelectMany(content => content.Data), minor);
        }

        return _found;
    }

    private void Follow(IEnumerable<string> names, int minor)
    {
        foreach (string name in names.ToArray())
        {
            if (_found.Any(d => d.CSharp == name && d.FirstMinor <= minor) || !shapes.Met.TryGetValue(name, out INamedTypeSymbol type))
            {
                continue;
            }

            var problems = new List<Problem>();
            if (new DataTypeReader(shapes, problems).Read(type, minor) is not { } data || problems.Count > 0)
            {
                HasProblem = true;
                continue;
            }

            _found.RemoveAll(d => d.CSharp == name);
            _found.Add(data);
            foreach (DataMemberModel member in data.Members)
            {
                Follow(member.Shape.Data, System.Math.Max(minor, member.Minor));
            }

            foreach (CaseModel item in data.Cases.Where(item => item.CSharp != name))
            {
                Follow([item.CSharp], System.Math.Max(minor, item.Minor));
            }
        }
    }
}
