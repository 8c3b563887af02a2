using BlueEdge.Samples.Documents.Pictures;

namespace BlueEdge.Samples.Documents.Detection;

/// <summary>The tone of each cell's neighbourhood, so that tint, shadow and a faint print in one corner do not matter.</summary>
internal sealed class ToneGrid
{
    public const int Cell = 16;

    // Two cells to every side: wide enough that paper outnumbers the strokes of a title's letters.
    private const int Reach = 2;

    private readonly int _columns;
    private readonly Tone[] _tones;

    private ToneGrid(int columns, Tone[] tones)
    {
        _columns = columns;
        _tones = tones;
    }

    public static ToneGrid Measure(GreyPicture picture)
    {
        var columns = (picture.Width + Cell - 1) / Cell;
        var rows = (picture.Height + Cell - 1) / Cell;
        var cells = Count(picture, columns, rows);
        var tones = new Tone[columns * rows];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                tones[(row * columns) + column] = Around(cells, column, row, columns, rows).ToTone();
            }
        }

        return new ToneGrid(columns, tones);
    }

    public Tone At(int x, int y) => _tones[(y / Cell * _columns) + (x / Cell)];

    public ReadOnlySpan<Tone> Row(int y) => _tones.AsSpan(y / Cell * _columns, _columns);

    private static Histogram[] Count(GreyPicture picture, int columns, int rows)
    {
        var cells = new Histogram[columns * rows];
        for (var index = 0; index < cells.Length; index++)
        {
            cells[index] = new Histogram();
        }

        for (var y = 0; y < picture.Height; y++)
        {
            var pixels = picture.Row(y);
            var row = cells.AsSpan(y / Cell * columns, columns);
            for (var x = 0; x < pixels.Length; x++)
            {
                row[x / Cell].Count(pixels[x]);
            }
        }

        return cells;
    }

    private static Histogram Around(Histogram[] cells, int column, int row, int columns, int rows)
    {
        var around = new Histogram();
        for (var y = Math.Max(0, row - Reach); y <= Math.Min(rows - 1, row + Reach); y++)
        {
            for (var x = Math.Max(0, column - Reach); x <= Math.Min(columns - 1, column + Reach); x++)
            {
                around.Add(cells[(y * columns) + x]);
            }
        }

        return around;
    }
}
