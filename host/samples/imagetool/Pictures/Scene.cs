using Imaging;

namespace ImageTool;

/// <summary>
/// Balls on a chessboard under a clear sky, by ray tracing: a picture of any size, the same on every machine, as it takes nothing
/// but the operations that IEEE 754 defines to the last bit.
/// </summary>
internal static class Scene
{
    private const int Mirrorings = 3;

    private static readonly Vector s_eye = new(0, 2.2, -7);
    private static readonly Vector s_sun = new Vector(-0.6, 0.75, -0.45).Normalized();

    private static readonly Ball[] s_balls =
    [
        new(new(-2.4, 1.2, 1.2), 1.2, new(0.85, 0.18, 0.14), 0.12),
        new(new(0.2, 1.0, -0.4), 1.0, new(0.95, 0.72, 0.15), 0.10),
        new(new(2.7, 1.5, 2.2), 1.5, new(0.75, 0.78, 0.82), 0.65),
        new(new(-0.6, 0.45, -2.3), 0.45, new(0.16, 0.55, 0.28), 0.10),
        new(new(1.6, 0.55, -1.6), 0.55, new(0.20, 0.36, 0.80), 0.20),
        new(new(-1.8, 0.4, -1.4), 0.4, new(0.90, 0.90, 0.88), 0.30),
        new(new(0.4, 2.0, 5.5), 2.0, new(0.45, 0.20, 0.55), 0.15),
    ];

    public static Picture Render(PictureSize size, CancellationToken cancellationToken)
    {
        var picture = new Picture(size);
        double scale = 2.0 / size.Height;
        Parallel.For(0, size.Height, new ParallelOptions { CancellationToken = cancellationToken }, y =>
        {
            Span<Pixel> row = picture.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                double right = (x + 0.5 - (size.Width / 2.0)) * scale;
                double up = ((size.Height / 2.0) - y - 0.5) * scale;
                row[x] = ToPixel(Look(s_eye, new Vector(right, up - 0.28, 2.3).Normalized(), Mirrorings));
            }
        });
        return picture;
    }

    private static Vector Look(Vector from, Vector direction, int mirrorings)
    {
        (double distance, Ball? ball) = Nearest(from, direction);
        if (ball is null && direction.Y >= -0.0001)
        {
            return Sky(direction);
        }

        double floor = direction.Y < -0.0001 ? -from.Y / direction.Y : double.PositiveInfinity;
        bool isFloor = floor < distance;
        Vector place = from + (direction * Math.Min(floor, distance));
        Vector normal = isFloor ? new Vector(0, 1, 0) : (place - ball!.Centre) * (1 / ball.Radius);
        Vector colour = isFloor ? Board(place) : ball!.Colour;
        double mirror = isFloor ? 0.08 : ball!.Mirror;

        Vector above = place + (normal * 1e-6);
        double light = Nearest(above, s_sun).Ball is null ? Math.Max(0, normal.Dot(s_sun)) : 0;
        Vector reflected = direction - (normal * (2 * normal.Dot(direction)));
        Vector seen = colour * (0.25 + (0.15 * normal.Y) + (0.75 * light));
        if (mirrorings > 0)
        {
            seen = (seen * (1 - mirror)) + (Look(above, reflected, mirrorings - 1) * mirror);
        }

        if (!isFloor && light > 0)
        {
            double shine = Math.Max(0, reflected.Dot(s_sun));
            for (int i = 0; i < 5; i++)
            {
                shine *= shine;
            }

            seen += new Vector(shine, shine, shine) * 0.8;
        }

        // Far away everything has the colour of the horizon.
        double haze = isFloor ? Math.Min(1, floor * floor / 4000) : 0;
        return (seen * (1 - haze)) + (Sky(new Vector(direction.X, 0, direction.Z)) * haze);
    }

    private static (double Distance, Ball? Ball) Nearest(Vector from, Vector direction)
    {
        double nearest = double.PositiveInfinity;
        Ball? hit = null;
        foreach (Ball ball in s_balls)
        {
            Vector to = ball.Centre - from;
            double along = to.Dot(direction);
            double inside = (along * along) - to.Dot(to) + (ball.Radius * ball.Radius);
            if (inside > 0 && along - Math.Sqrt(inside) is > 0 and var distance && distance < nearest)
            {
                (nearest, hit) = (distance, ball);
            }
        }

        return (nearest, hit);
    }

    private static Vector Board(Vector place)
    {
        bool isDark = ((long)Math.Floor(place.X) + (long)Math.Floor(place.Z)) % 2 == 0;
        return isDark ? new Vector(0.16, 0.15, 0.17) : new Vector(0.82, 0.78, 0.70);
    }

    private static Vector Sky(Vector direction)
    {
        double height = Math.Max(0, direction.Y);
        double glow = Math.Max(0, direction.Dot(s_sun));
        glow *= glow * glow * glow;
        return (new Vector(0.78, 0.86, 0.95) * (1 - height)) + (new Vector(0.16, 0.36, 0.72) * height) + (new Vector(0.5, 0.4, 0.2) * glow);
    }

    // The root is the eye's: a screen's brightness is about the square of the number.
    private static Pixel ToPixel(Vector colour) => new(ToByte(colour.X), ToByte(colour.Y), ToByte(colour.Z), 255);

    private static byte ToByte(double value) => (byte)(255 * Math.Sqrt(Math.Clamp(value, 0, 1)));

    private sealed record Ball(Vector Centre, double Radius, Vector Colour, double Mirror);

    private readonly record struct Vector(double X, double Y, double Z)
    {
        public static Vector operator +(Vector a, Vector b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        public static Vector operator -(Vector a, Vector b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        public static Vector operator *(Vector a, double b) => new(a.X * b, a.Y * b, a.Z * b);

        public double Dot(Vector other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

        public Vector Normalized() => this * (1 / Math.Sqrt(Dot(this)));
    }
}
