#!/bin/sh
# Slurm: an array job. In a folder that all nodes see:
#   job=$(sbatch --parsable FILE)
#   sbatch --dependency=afterany:"$job" --output=merge.log --wrap '@TCK@ merge shards/*; @TCK@ report'
#SBATCH --job-name=pivot-root-tck
#SBATCH --array=1-@SHARDS@
#SBATCH --cpus-per-task=2
#SBATCH --time=02:00:00
#SBATCH --output=shard-%a.log
exec @TCK@ run --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --results "shards/$SLURM_ARRAY_TASK_ID"@OPTIONS@
