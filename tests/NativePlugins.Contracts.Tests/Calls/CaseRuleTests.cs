using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>What a reader meets in data that is one of several types: tags that it does not know, cases that are not there, and older writers.</summary>
public unsafe class CaseRuleTests
{
    // Where they are in the struct of a figure.
    private const int Tag = 4, Case = 8;

    // The sizes of the minor versions 0 and 1 of a figure, and of 0 to 2 of a polygon.
    private const int Figure0 = 56, Figure1 = 64, Polygon0 = 24, Polygon1 = 32, Polygon2 = 48;

    private static readonly Polygon s_polygon = new("p", [new Point(1, 2)]) { Opacity = 0.5, IsClosed = false, Stroke = "thin" };

    private delegate void Changing(byte* figure);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(uint.MaxValue)]
    public void A_tag_that_no_case_has_is_refused_with_those_that_are_known(uint tag) => Assert.Equal(
        $"result is a NativePlugins.TestContracts.Figure with tag {tag}; expected: 1 (Circle), 2 (Polygon), 4 (Blank), 7 (Group).",
        Refusal<Figure, Figure.PluginDataShape>(s_polygon, figure => *(uint*)(figure + Tag) = tag));

    [Fact]
    public void A_case_that_is_NULL_is_refused() => Assert.Equal(
        "result is a NativePlugins.TestContracts.Polygon that is NULL.", Refusal<Figure, Figure.PluginDataShape>(s_polygon, figure => *(void**)(figure + Case) = null));

    [Fact]
    public void A_case_below_its_frozen_minimum_is_refused() => Assert.Equal(
        "result is a NativePlugins.TestContracts.Polygon with struct_size 23; 24 or more was expected.",
        Refusal<Figure, Figure.PluginDataShape>(s_polygon, figure => **(uint**)(figure + Case) = 23));

    [Fact]
    public void Another_case_than_the_one_that_the_contract_names_is_refused() => Assert.Equal(
        "result is a NativePlugins.TestContracts.Figure with tag 2; expected: 1 (Circle).", Refusal<Circle, Circle.PluginDataShape>(s_polygon, _ => { }));

    [Fact]
    public void What_is_wrong_inside_of_a_case_is_said_by_the_name_of_its_member() => Assert.StartsWith(
        "Polygon.Corners has ", Refusal<Figure, Figure.PluginDataShape>(s_polygon, figure => *(nuint*)(*(byte**)(figure + Case) + 16) = nuint.MaxValue), StringComparison.Ordinal);

    [Theory]
    [InlineData(Figure0, Polygon0, 1.0, true, null)]
    [InlineData(Figure0, Polygon1, 1.0, false, null)]
    [InlineData(Figure0, Polygon2, 1.0, false, "thin")]
    [InlineData(Figure1, Polygon0, 0.5, true, null)]
    [InlineData(Figure1, Polygon1, 0.5, false, null)]
    [InlineData(Figure1, Polygon2, 0.5, false, "thin")]
    [InlineData(Figure1 + 8, Polygon2 + 8, 0.5, false, "thin")]
    public void What_an_older_writer_of_the_base_or_of_the_case_does_not_know_keeps_its_default(int figureSize, int polygonSize, double opacity, bool isClosed, string? stroke) =>
        WithFigure(s_polygon, figure =>
        {
            *(int*)figure = figureSize;
            **(int**)(figure + Case) = polygonSize;
            var read = (Polygon)Read<Figure, Figure.PluginDataShape>(figure, figureSize);

            Assert.Equal((opacity, isClosed, stroke), (read.Opacity, read.IsClosed, read.Stroke));
            Assert.Equal(("p", new Point(1, 2)), (read.Name, Assert.Single(read.Corners)));
        });

    private static string Refusal<T, TTarget>(Figure value, Changing change)
        where TTarget : IDataShape<T>
    {
        string message = "";
        WithFigure(value, figure =>
        {
            change(figure);
            message = Assert.Throws<DataRuleException>(() => { Read<T, TTarget>(figure, Figure1); }).Message;
        });
        return message;
    }

    private static T Read<T, TTarget>(byte* figure, int size)
        where TTarget : IDataShape<T> => DataCalls.FromBytes<T, ReferenceData<T, TTarget>>(new TestSide(), new ReadOnlySpan<byte>(figure, size));

    private static void WithFigure(Figure value, Changing use)
    {
        using DataArena arena = DataArena.Rent(new TestSide());
        use((byte*)arena.Root<Figure, ReferenceData<Figure, Figure.PluginDataShape>>(value));
    }

    private sealed class TestSide : ContractSide
    {
        protected override Exception ToFault(string callee, ContractError reported, bool isDeclared) => new IOException($"{callee}|{reported?.Message}");

        protected override string Escape(string text) => text;
    }
}
