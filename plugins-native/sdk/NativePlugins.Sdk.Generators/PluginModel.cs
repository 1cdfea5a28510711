using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Sdk.Generators;

/// <summary>All that the emitted code depends on. Equal models emit the same code, and nothing runs again.</summary>
internal sealed class PluginModel : IEquatable<PluginModel>
{
    public string TypeName { get; private set; } = "";

    public string Id { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string Version { get; private set; } = "";

    public bool TakesContext { get; private set; }

    /// <summary>The contracts that the class implements: their C# names.</summary>
    public string[] Contracts { get; private set; } = [];

    /// <summary>The ids of the services that the SDK makes of the class's interfaces.</summary>
    public string[] Services { get; private set; } = [];

    /// <summary>The model of a class with [Plugin]; null when the analyzer has an error to report for it.</summary>
    public static PluginModel? Of(INamedTypeSymbol type, AttributeData attribute)
    {
        string? version = PluginClass.Version(attribute);
        if (PluginClass.Obstacle(type) is not null
            || PluginClass.Constructor(type) is not { } constructor
            || !PluginText.IsId(PluginClass.Id(attribute))
            || !PluginText.IsName(PluginClass.Name(attribute))
            || version is null
            || !PluginText.IsVersion(version))
        {
            return null;
        }

        (INamedTypeSymbol Type, string ServiceId)[] contracts = [.. PluginClass.Contracts(type)];
        return new PluginModel
        {
            TypeName = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Id = PluginClass.Id(attribute),
            Name = PluginClass.Name(attribute),
            Version = version,
            TakesContext = PluginClass.TakesContext(constructor),
            Contracts = [.. contracts.Select(c => c.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))],
            Services = [.. ServicesOf(type), .. contracts.Select(c => c.ServiceId)],
        };
    }

    public bool Equals(PluginModel? other) =>
        other is not null
        && TypeName == other.TypeName
        && Id == other.Id
        && Name == other.Name
        && Version == other.Version
        && TakesContext == other.TakesContext
        && Contracts.SequenceEqual(other.Contracts)
        && Services.SequenceEqual(other.Services);

    public override bool Equals(object? obj) => Equals(obj as PluginModel);

    public override int GetHashCode() => TypeName.GetHashCode() ^ Id.GetHashCode() ^ Name.GetHashCode();

    private static IEnumerable<string> ServicesOf(INamedTypeSymbol type)
    {
        if (Implements(type, PluginClass.CommandName))
        {
            yield return "np.command/1";
        }

        if (Implements(type, PluginClass.StatefulName))
        {
            yield return "np.state/1";
        }

        yield return "np.memory/1";
    }

    private static bool Implements(INamedTypeSymbol type, string name) =>
        type.AllInterfaces.Any(i => i.ToDisplayString() == name);
}
