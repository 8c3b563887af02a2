using System.Globalization;

namespace BlueEdge.StoreKills;

/// <summary>Numbers that follow from a seed; a copy goes on alike.</summary>
internal struct Dice(ulong seed)
{
    private ulong _state = (seed * 0x9E3779B97F4A7C15) | 1;

    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public string Id() => string.Create(CultureInfo.InvariantCulture, $"{Next():x16}{Next():x16}");

    /// <summary>JSON text of up to so many characters, most of it short.</summary>
    public string Text(int most)
    {
        var letter = (char)('a' + Below(26));
        return $"\"{new string(letter, Below(4) == 0 ? Below(most) : Below(40))}\"";
    }

    private ulong Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return _state;
    }
}
