namespace NativePlugins.TestContracts;

/// <summary>The contract's members in C#.</summary>
public class Records : ValueObject, IRecords
{
    /// <inheritdoc/>
    public Person EchoPerson(Person value) => value;

    /// <inheritdoc/>
    public Person? EchoOptional(Person? value) => value;

    /// <inheritdoc/>
    public Address EchoAddress(Address value) => value;

    /// <inheritdoc/>
    public Address? EchoOptionalAddress(Address? value) => value;

    /// <inheritdoc/>
    public Node EchoNode(Node value) => value;

    /// <inheritdoc/>
    public Shelf EchoShelf(Shelf value) => value;

    /// <inheritdoc/>
    public IReadOnlyList<string> EchoTexts(IReadOnlyList<string> value) => value;

    /// <inheritdoc/>
    public List<long>? EchoNumbers(List<long>? value) => value;

    /// <inheritdoc/>
    public IReadOnlyList<Point> EchoPoints(IReadOnlyList<Point> value) => value;

    /// <inheritdoc/>
    public Person?[] EchoPeople(Person?[] value) => value;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Person> EchoDirectory(IReadOnlyDictionary<string, Person> value) => value;

    /// <inheritdoc/>
    public IReadOnlySet<int> EchoSet(IReadOnlySet<int> value) => value;

    /// <inheritdoc/>
    public (int Number, string Text) EchoPair((int Number, string Text) value) => value;

    /// <inheritdoc/>
    public (byte Small, double Large, Guid Id)? EchoTriple((byte Small, double Large, Guid Id)? value) => value;

    /// <inheritdoc/>
    public double Sum(IReadOnlyList<Point> points) => SumSpan(points as Point[] ?? [.. points]);

    /// <inheritdoc/>
    public double SumSpan(ReadOnlySpan<Point> points)
    {
        double sum = 0;
        foreach (Point point in points)
        {
            sum += point.X + point.Y;
        }

        return sum;
    }

    /// <inheritdoc/>
    public Growing EchoGrowing(Growing value) => value;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Person>> EchoPeopleLater(IReadOnlyList<Person> value)
    {
        await Task.Yield();
        return value;
    }

    /// <inheritdoc/>
    public async Task<Person?> EchoOptionalLater(Person? value)
    {
        await Task.Yield();
        return value;
    }
}
