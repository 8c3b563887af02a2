using System.IO.MemoryMappedFiles;

namespace BlueEdge.StoreKills;

/// <summary>How many steps of each worker are answered, in memory that both processes share: it outlives a kill, and is exact.</summary>
internal sealed class Answers : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public Answers(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(
            new FileStream(path + ".answers", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite), mapName: null, Child.Workers * sizeof(long), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
    }

    public void Count(int worker) => _view.Write(worker * sizeof(long), _view.ReadInt64(worker * sizeof(long)) + 1);

    public long[] Read() => [.. Enumerable.Range(0, Child.Workers).Select(worker => _view.ReadInt64(worker * sizeof(long)))];

    public void Clear()
    {
        for (var worker = 0; worker < Child.Workers; worker++)
        {
            _view.Write(worker * sizeof(long), 0L);
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
