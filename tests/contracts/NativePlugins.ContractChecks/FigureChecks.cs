using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What holds for data that is one of several types, whoever implements the contract.</summary>
public static class FigureChecks
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<IFigures>> All { get; } = new Dictionary<string, Action<IFigures>>
    {
        [nameof(Random_figures_arrive)] = Random_figures_arrive,
        [nameof(Each_case_is_made_by_the_callee)] = Each_case_is_made_by_the_callee,
        [nameof(A_callee_tells_the_cases_from_each_other)] = A_callee_tells_the_cases_from_each_other,
        [nameof(A_base_that_is_not_abstract_arrives_as_itself)] = A_base_that_is_not_abstract_arrives_as_itself,
        [nameof(Figures_go_to_a_callback)] = Figures_go_to_a_callback,
        [nameof(A_type_that_is_no_case_is_refused_with_those_that_are)] = A_type_that_is_no_case_is_refused_with_those_that_are,
        [nameof(A_figure_that_contains_itself_is_refused)] = A_figure_that_contains_itself_is_refused,
    };

    /// <summary>Figures of a seed in every position.</summary>
    public static void RoundTrip(IFigures figures, Random random)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(random);
        Figure figure = FigureSample.Figure(random, 3);
        string text = RecordText.Of(figure);
        Check.Equal(text, RecordText.Of(figures.EchoFigure(figure)));
        Check.Equal(text, RecordText.Of(figures.EchoOptional(figure)));
        Check.Equal(text, RecordText.Of(Check.Wait(figures.EchoLater(figure))));
        Check.Equal((null, null), (figures.EchoOptional(null), Check.Wait(figures.EchoLater(null))));
        Circle circle = FigureSample.Circle(random);
        Check.Equal(RecordText.Of(circle), RecordText.Of(figures.EchoCircle(circle)));
        Figure?[] several = RecordSample.Items(random, r => r.Next(4) == 0 ? null : FigureSample.Figure(r, 2));
        Check.Equal(RecordText.Of(several, RecordText.Of), RecordText.Of(figures.EchoFigures(several), RecordText.Of));
        Drawing drawing = FigureSample.Drawing(random);
        Check.Equal(RecordText.Of(drawing), RecordText.Of(figures.EchoDrawing(drawing)));
    }

    private static void Random_figures_arrive(IFigures figures)
    {
        var random = new Random(20261130);
        for (int i = 0; i < 200; i++)
        {
            RoundTrip(figures, random);
        }
    }

    private static void Each_case_is_made_by_the_callee(IFigures figures)
    {
        var own = new Figures();
        foreach (int tag in new[] { 1, 2, 4, 7 })
        {
            Check.Equal(RecordText.Of(own.Make(tag)), RecordText.Of(figures.Make(tag)));
        }

        Check.Throws<ArgumentException>(() => figures.Make(5));
    }

    private static void A_callee_tells_the_cases_from_each_other(IFigures figures)
    {
        var circle = new Circle("c", default, 2.5);
        var polygon = new Polygon("p", [default, default, default]);
        Check.Equal((2.5, 3, 0), (figures.Measure(circle), figures.Measure(polygon), figures.Measure(new Blank("b"))));
        Check.Equal(8, figures.Measure(new Group("g", [circle, polygon, null, new Group("h", [circle], circle)], null)));
    }

    private static void A_base_that_is_not_abstract_arrives_as_itself(IFigures figures)
    {
        Check.True(figures.EchoOrder(new Order { Id = "a" }) is { Id: "a" } order && order.GetType() == typeof(Order), "the order is another one");
        Check.True(figures.EchoOrder(new Order.Halt { Id = "b" }) is Order.Halt { Id: "b" }, "the halt is another one");
        Check.True(figures.EchoOrder(new Order.Move(-2.5)) is Order.Move { Id: null, Distance: -2.5 }, "the move is another one");
    }

    private static void Figures_go_to_a_callback(IFigures figures)
    {
        var visitor = new Visitor();
        Check.Equal(3, figures.Visit([new Circle("a", default, 1), new Blank("b"), new Group("c", [null], null)], visitor));
        Check.Equal("Circle a, Blank b, Group c", string.Join(", ", visitor.Seen));
    }

    private static void A_type_that_is_no_case_is_refused_with_those_that_are(IFigures figures)
    {
        InvalidDataException e = Check.Throws<InvalidDataException>(() => figures.EchoFigure(new Strange("s")));
        Check.Equal($"A {typeof(Strange)} cannot cross as a NativePlugins.TestContracts.Figure: it is none of its cases, Circle, Polygon, Blank, Group.", e.Message);
        Check.Throws<InvalidDataException>(() => figures.EchoFigures([new Blank("b"), new Strange("s")]));
        Check.Throws<InvalidDataException>(() => figures.EchoOrder(new StrangeOrder()));
        Check.Throws<InvalidDataException>(() => figures.EchoFigure(null!));
        Check.Throws<InvalidDataException>(() => figures.EchoFigure(new Blank(null!)));
        Check.Equal("b", figures.EchoFigure(new Blank("b")).Name);
    }

    private static void A_figure_that_contains_itself_is_refused(IFigures figures)
    {
        var items = new List<Figure?>();
        var group = new Group("g", items, null);
        items.Add(group);
        Check.Throws<InvalidDataException>(() => figures.EchoFigure(group));
    }

    private sealed class Visitor : IFigureVisitor
    {
        public List<string> Seen { get; } = [];

        public double See(Figure figure)
        {
            Seen.Add($"{figure.GetType().Name} {figure.Name}");
            return 1;
        }
    }

    private sealed record Strange(string Name) : Figure(Name);

    private sealed class StrangeOrder : Order;
}
