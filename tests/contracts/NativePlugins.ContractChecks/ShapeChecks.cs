using NativePlugins.Host;
using NativePlugins.TestContracts.Geometry.Plane;

namespace NativePlugins.ContractChecks;

/// <summary>What a contract that derives from another must do, whoever implements it.</summary>
public static class ShapeChecks
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<Shapes.IResizable>> All { get; } = new Dictionary<string, Action<Shapes.IResizable>>
    {
        [nameof(A_derived_contract_has_the_members_of_its_base)] = A_derived_contract_has_the_members_of_its_base,
        [nameof(The_proxy_of_a_derived_contract_is_one_of_its_base)] = The_proxy_of_a_derived_contract_is_one_of_its_base,
    };

    /// <summary>A plugin that implements the derived contract offers both.</summary>
    public static void The_base_and_the_derived_are_services_of_one_object(Plugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        Shapes.IShape shape = plugin.Get<Shapes.IShape>();
        Shapes.IResizable resizable = plugin.Get<Shapes.IResizable>();
        resizable.Label = "seen from both";
        Check.Equal("seen from both", shape.Label);
        Check.Equal(shape.GetArea() * 2, resizable.Resize(2));
        Check.Equal(resizable.GetArea(), shape.GetArea());
    }

    private static void A_derived_contract_has_the_members_of_its_base(Shapes.IResizable resizable)
    {
        resizable.Label = "ä€";
        Check.Equal("ä€", resizable.Label);
        double area = resizable.GetArea();
        Check.Equal(area * 2, resizable.Resize(2));
        Check.Equal(area * 8, resizable.ResizeTwice(2));
        Check.Equal(area * 8, resizable.GetArea());
    }

    private static void The_proxy_of_a_derived_contract_is_one_of_its_base(Shapes.IResizable resizable)
    {
        Shapes.IShape shape = resizable;
        shape.Label = "base";
        Check.Equal("base", resizable.Label);
        Check.Equal(resizable.GetArea(), shape.GetArea());
    }
}
